using System.Globalization;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class SuspendedTimeTests
{
    [Theory]
    [InlineData("29200.50 51234.11\n", 400, 28_800.5)]
    [InlineData("400.00 700.00\n", 400, 0)]
    [InlineData("400.25", 400, 0.25)]
    [InlineData("", 400, 0)]
    [InlineData("soon 1.0", 400, 0)]
    [InlineData("-5 1.0", 400, 0)]
    public void Parse_Uptime_IsWhatTheMonotonicClockLacks(string uptime, double monotonic, double expected) =>
        SuspendedTime.Parse(uptime, TimeSpan.FromSeconds(monotonic)).TotalSeconds.Should().BeApproximately(expected, 1e-6);

    [Fact]
    public void Read_OnLinux_IsTheUptimeBeyondTheMonotonicClock()
    {
        if (!OperatingSystem.IsLinux())
        {
            SuspendedTime.Read().Should().Be(TimeSpan.Zero, "nobody tells");
            return;
        }

        (double uptimeBefore, long monotonicBefore) = (ReadUptime(), Environment.TickCount64);

        double suspended = SuspendedTime.Read().TotalSeconds;

        (double uptimeAfter, long monotonicAfter) = (ReadUptime(), Environment.TickCount64);
        suspended.Should().BeInRange(uptimeBefore - (monotonicAfter / 1000d) - 0.1, uptimeAfter - (monotonicBefore / 1000d) + 0.1);
    }

    private static double ReadUptime() => double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture);
}

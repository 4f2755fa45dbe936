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
}

using System.Globalization;
using Xunit.Abstractions;

namespace StubResolver.Tests.Scenarios;

/// <summary>
/// Whatever happens to lookups, what they opened is closed and what they rented comes back. For a longer run set STUBRESOLVER_STORM to the number of lookups.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class LeakTests(ITestOutputHelper output)
{
    private static readonly int s_count =
        int.TryParse(Environment.GetEnvironmentVariable("STUBRESOLVER_STORM"), CultureInfo.InvariantCulture, out int count) ? count : 10_000;

    [Theory]
    [InlineData(DnsProtocol.Udp)]
    [InlineData(DnsProtocol.Tcp)]
    public async Task ResolveAddressesAsync_ManyAtRandom_LeavesNothingBehind(DnsProtocol protocol)
    {
        LeakResult left = await ProcessOfItsOwn.MeasureAsync<LeakResult>("leaks", $"{protocol}", $"{s_count}");

        output.WriteLine($"{protocol}: {left}");
        new[] { left.Answered, left.Failed, left.Cancelled }.Should().OnlyContain(count => count > 0);
        (left.Answered + left.Failed + left.Cancelled).Should().Be(s_count);
        left.Slots.Should().Be(0);
        left.Sockets.Should().BeLessThanOrEqualTo(left.SocketsBefore);
        left.Buffers.Should().BeLessThanOrEqualTo(0);
        left.Timers.Should().BeLessThanOrEqualTo(left.TimersBefore);
    }
}

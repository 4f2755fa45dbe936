using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>Whatever happens to lookups, what they opened is closed and what they rented comes back.</summary>
[Collection(nameof(RunsAlone))]
public sealed class LeakTests : ScenarioTestBase
{
    private const int Count = 20_000;

    [Theory]
    [InlineData(DnsProtocol.Udp)]
    [InlineData(DnsProtocol.Tcp)]
    public async Task ResolveAddressesAsync_ManyAtRandom_LeavesNothingBehind(DnsProtocol protocol)
    {
        await using DnsTestServer server = DnsTestServer.Start(); // on the system's clock, as the resolver: timeouts are to happen by themselves
        LookupStorm.Script(server);
        int socketsBefore = CountSockets();
        DnsResolver resolver = CreateResolver(options =>
        {
            options.Servers = [new DnsServer(server.EndPoint, protocol)];
            options.TimeProvider = TimeProvider.System;
            options.LookupTimeout = TimeSpan.FromMilliseconds(50);
            options.AttemptTimeout = TimeSpan.FromMilliseconds(20);
            options.Cache.Capacity = 100;
        });
        QueryEngine engine = resolver.Pipeline.Engine;
        SocketTransport transport = (SocketTransport)engine.Context.Transport;
        LookupStorm storm = new(resolver, concurrency: 64);

        await storm.RunAsync(Count / 2);
        await WaitUntilAsync(() => engine.RunningCount == 0 && transport.OpenUdpCount == 0);
        await resolver.DisposeAsync();

        (storm.Answered, storm.Failed, storm.Cancelled).Should().Match<(int Answered, int Failed, int Cancelled)>(
            counts => counts.Answered > 0 && counts.Failed > 0 && counts.Cancelled > 0 && counts.Answered + counts.Failed + counts.Cancelled == Count / 2);
        engine.Context.Slots.InFlight.Should().Be(0);
        await server.WaitForOpenConnectionsAsync(0).WaitAsync(Guard);
        await WaitUntilAsync(() => CountSockets() <= socketsBefore);
    }

    // Stragglers listen on for the time of a try, on the system's clock.
    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(5));
        using CancellationTokenSource guard = new(Guard);
        while (!condition())
        {
            await timer.WaitForNextTickAsync(guard.Token);
        }
    }

    private static int CountSockets() => OperatingSystem.IsLinux()
        ? new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Count(file => file.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true)
        : 0;
}

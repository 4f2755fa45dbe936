using System.Globalization;
using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Transport;
using Xunit.Abstractions;

namespace StubResolver.Tests.Scenarios;

/// <summary>
/// Whatever happens to lookups, what they opened is closed and what they rented comes back. For a longer run set STUBRESOLVER_STORM to the number of lookups.
/// </summary>
[Collection(nameof(RunsAlone))]
public sealed class LeakTests(ITestOutputHelper output) : ScenarioTestBase
{
    private static readonly int s_count =
        int.TryParse(Environment.GetEnvironmentVariable("STUBRESOLVER_STORM"), CultureInfo.InvariantCulture, out int count) ? count : 10_000;

    [Theory]
    [InlineData(DnsProtocol.Udp)]
    [InlineData(DnsProtocol.Tcp)]
    public async Task ResolveAddressesAsync_ManyAtRandom_LeavesNothingBehind(DnsProtocol protocol)
    {
        await using DnsTestServer server = DnsTestServer.Start(); // on the system's clock, as the resolver: timeouts are to happen by themselves
        LookupStorm.Script(server);
        using PooledBufferListener buffers = new();
        (int socketsBefore, long timersBefore) = (OpenSockets.Count(), Timer.ActiveCount);
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

        Task running = storm.RunAsync(s_count);
        int mostSockets = await WatchSocketsAsync(running);
        await running;
        await WaitUntilAsync(() => engine.RunningCount == 0 && transport.OpenUdpCount == 0);
        await resolver.DisposeAsync();

        (storm.Answered, storm.Failed, storm.Cancelled).Should().Match<(int Answered, int Failed, int Cancelled)>(
            counts => counts.Answered > 0 && counts.Failed > 0 && counts.Cancelled > 0 && counts.Answered + counts.Failed + counts.Cancelled == s_count);
        engine.Context.Slots.InFlight.Should().Be(0);
        await server.WaitForOpenConnectionsAsync(0).WaitAsync(Guard);
        await WaitUntilAsync(() => OpenSockets.Count() <= socketsBefore && buffers.RentedCount <= 0 && Timer.ActiveCount <= timersBefore + 2); // the wait has two itself
        (int rented, int socketsAfter, long timersAfter) = (buffers.RentedCount, OpenSockets.Count(), Timer.ActiveCount);
        output.WriteLine(
            $"{protocol}: {storm.Answered} answered, {storm.Failed} failed, {storm.Cancelled} cancelled; sockets {socketsBefore}, at most {mostSockets}, then {socketsAfter}; "
            + $"buffers rented {buffers.TotalCount}, still out {rented}; timers {timersBefore}, then {timersAfter}");
    }

    private static async Task<int> WatchSocketsAsync(Task running)
    {
        int most = 0;
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        while (!running.IsCompleted)
        {
            most = Math.Max(most, OpenSockets.Count());
            await timer.WaitForNextTickAsync();
        }

        return most;
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
}

using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>Lets a storm of lookups pass and counts what the process has open after it: nothing else may run in it.</summary>
internal static class LookupLeaks
{
    private const int TimersOfTheWait = 2;

    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    public static async Task<LeakResult> CountAsync(DnsProtocol protocol, int lookups)
    {
        await using DnsTestServer server = DnsTestServer.Start(); // on the system's clock, as the resolver: timeouts are to happen by themselves
        LookupStorm.Script(server);
        using PooledBufferListener buffers = new();
        (int socketsBefore, long timersBefore) = (OpenSockets.Count(), Timer.ActiveCount);
        DnsResolver resolver = CreateResolver(new DnsServer(server.EndPoint, protocol));
        QueryEngine engine = resolver.Pipeline.Engine;
        SocketTransport transport = (SocketTransport)engine.Context.Transport;
        LookupStorm storm = new(resolver, concurrency: 64);

        Task running = storm.RunAsync(lookups);
        int mostSockets = await WatchSocketsAsync(running);
        await running;
        await WaitAsync(() => engine.RunningCount == 0 && transport.OpenUdpCount == 0);
        await resolver.DisposeAsync();
        await server.WaitForOpenConnectionsAsync(0).WaitAsync(s_guard);
        await WaitAsync(() => OpenSockets.Count() <= socketsBefore && buffers.RentedCount <= 0 && Timer.ActiveCount <= timersBefore + TimersOfTheWait);

        return new LeakResult(
            storm.Answered,
            storm.Failed,
            storm.Cancelled,
            engine.Context.Slots.InFlight,
            socketsBefore,
            mostSockets,
            OpenSockets.Count(),
            buffers.TotalCount,
            buffers.RentedCount,
            timersBefore,
            Timer.ActiveCount);
    }

    private static DnsResolver CreateResolver(DnsServer server)
    {
        DnsResolverOptions options = new()
        {
            Servers = [server],
            LookupTimeout = TimeSpan.FromMilliseconds(50),
            AttemptTimeout = TimeSpan.FromMilliseconds(20),
            UseHostsFile = false,
            UseSearchList = false,
        };
        options.Cache.Capacity = 100;
        return new DnsResolver(options);
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

    // Stragglers listen on for the time of a try, on the system's clock. Who waits in vain is told by what is counted then.
    private static async Task WaitAsync(Func<bool> condition)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(5));
        using CancellationTokenSource guard = new(s_guard);
        while (!condition() && !guard.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync();
        }
    }
}

using StubResolver.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>A crowd that asks for one cold name from several threads at once.</summary>
[Collection(nameof(RunsAlone))]
public sealed class CacheCrowdTests : CacheScenarioBase
{
    private const int Threads = 8;
    private const int CallersPerThread = 1250;

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource[] _cancellations = [.. Enumerable.Range(0, Threads * CallersPerThread).Select(_ => new CancellationTokenSource())];

    [Fact]
    public async Task ResolveAddressesAsync_FromSeveralThreadsAtOnce_SendsOneQueryAFamily()
    {
        DnsTestServer server = StartGatedServer();
        DnsResolver resolver = CreateResolver(server);

        Task<DnsAnswer<DnsAddressRecord>>[] callers = await StartAsync(resolver, isLeaving: _ => false);
        _gate.SetResult();
        DnsAnswer<DnsAddressRecord>[] answers = await Task.WhenAll(callers).WaitAsync(Guard);

        answers.Should().HaveCount(10_000).And.OnlyContain(answer => answer.Records.Count == 2);
        server.Queries.Select(query => query.Type).Should().Equal(DnsRecordType.Aaaa, DnsRecordType.A);
    }

    [Fact]
    public async Task ResolveAddressesAsync_HalfLeaveWhileOthersCome_AnswersTheOthers()
    {
        DnsTestServer server = StartGatedServer();
        DnsResolver resolver = CreateResolver(server);
        using CancellationTokenSource last = new();
        Task<DnsAnswer<DnsAddressRecord>> steady = resolver.ResolveAddressesAsync(Name, last.Token).AsTask(); // so that the query never lacks a caller

        Task<DnsAnswer<DnsAddressRecord>>[] callers = await StartAsync(resolver, IsLeaving);
        _gate.SetResult();
        await EndAsync(callers);

        for (int i = 0; i < callers.Length; i++)
        {
            (callers[i].Status, callers[i].IsCompletedSuccessfully ? (await callers[i]).Records.Count : 0)
                .Should().Be(IsLeaving(i) ? (TaskStatus.Canceled, 0) : (TaskStatus.RanToCompletion, 2));
        }

        (await steady).Records.Should().HaveCount(2);
        server.Queries.Select(query => query.Type).Should().Equal(DnsRecordType.Aaaa, DnsRecordType.A);

        static bool IsLeaving(int i) => (i * 2_654_435_761L >> 7) % 2 == 0;
    }

    [Fact]
    public async Task ResolveAddressesAsync_AllLeave_EndsTheQueryAndClosesItsSocket()
    {
        DnsTestServer server = StartGatedServer();
        DnsResolver resolver = CreateResolver(server);
        SocketTransport transport = (SocketTransport)resolver.Pipeline.Engine.Context.Transport;
        Task<DnsAnswer<DnsAddressRecord>>[] callers = await StartAsync(resolver, isLeaving: _ => false);
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        int openUdp = transport.OpenUdpCount;

        Parallel.ForEach(_cancellations, cancellation => cancellation.Cancel());
        await EndAsync(callers);
        await WaitUntilAsync(() => resolver.Pipeline.Engine.RunningCount == 0 && transport.OpenUdpCount == 0);

        callers.Select(caller => caller.Status).Should().OnlyContain(status => status == TaskStatus.Canceled);
        openUdp.Should().Be(1, "10,000 callers share one");
        resolver.Pipeline.Engine.Context.Slots.InFlight.Should().Be(0);
        server.Queries.Should().HaveCount(1);
    }

    // Each thread calls, and cancels one of the calls of its own now and then.
    private async Task<Task<DnsAnswer<DnsAddressRecord>>[]> StartAsync(DnsResolver resolver, Func<int, bool> isLeaving)
    {
        Task<DnsAnswer<DnsAddressRecord>>[] callers = new Task<DnsAnswer<DnsAddressRecord>>[_cancellations.Length];
        using Barrier barrier = new(Threads);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => Call(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return callers;

        void Call(int thread)
        {
            barrier.SignalAndWait();
            for (int i = thread * CallersPerThread; i < (thread + 1) * CallersPerThread; i++)
            {
                callers[i] = resolver.ResolveAddressesAsync(i % 2 == 0 ? Name : "NAME.test", _cancellations[i].Token).AsTask();
                if (isLeaving(i))
                {
                    _cancellations[i].Cancel();
                }
            }
        }
    }

    private static async Task EndAsync(Task[] callers) =>
        await Task.WhenAll(callers).WaitAsync(Guard).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource guard = new(Guard);
        while (!condition())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private DnsTestServer StartGatedServer() => StartServer(300, 300).On(Name, (_, response) => response.DelayUntil(_gate.Task));
}

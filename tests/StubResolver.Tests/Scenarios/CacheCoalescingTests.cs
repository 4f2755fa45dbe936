using System.Diagnostics;
using StubResolver.Caching;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

public sealed class CacheCoalescingTests : CacheScenarioBase
{
    private const int Callers = 10_000;

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task ResolveAddressesAsync_ManyCallersAtOnce_SendsOneQueryAFamily()
    {
        DnsTestServer server = StartGatedServer();
        DnsResolver resolver = CreateResolver(server);

        Task<DnsAnswer<DnsAddressRecord>>[] callers = [.. Enumerable.Range(0, Callers).Select(i => resolver.ResolveAddressesAsync(i % 2 == 0 ? Name : "NAME.test").AsTask())];
        _gate.SetResult();
        DnsAnswer<DnsAddressRecord>[] answers = await Task.WhenAll(callers).WaitAsync(Guard);

        answers.Should().OnlyContain(answer => answer.Records.Count == 2);
        server.Queries.Select(query => query.Type).Should().Equal(DnsRecordType.Aaaa, DnsRecordType.A);
    }

    [Fact]
    public async Task QueryAsync_ManyCallersWithoutACache_SendsOneQuery()
    {
        DnsTestServer server = StartGatedServer();
        DnsResolver resolver = CreateResolver(options => options.Cache.Capacity = 0, server);

        Task<DnsAnswer<DnsRecord>>[] callers = [.. Enumerable.Range(0, Callers).Select(_ => resolver.QueryAsync(Name, DnsRecordType.A).AsTask())];
        _gate.SetResult();
        DnsAnswer<DnsRecord>[] answers = await Task.WhenAll(callers).WaitAsync(Guard);

        answers.Should().OnlyContain(answer => answer.Records.Count == 1);
        server.Queries.Should().HaveCount(1);
    }

    [Fact]
    public async Task ResolveAddressesAsync_HalfOfTheCallersLeave_AnswersTheOthers()
    {
        DnsTestServer server = StartGatedServer();
        DnsResolver resolver = CreateResolver(server);
        (Task<DnsAnswer<DnsAddressRecord>> Task, CancellationTokenSource Cancellation)[] callers =
        [
            .. Enumerable.Range(0, Callers).Select(_ =>
            {
                CancellationTokenSource cancellation = new();
                return (resolver.ResolveAddressesAsync(Name, cancellation.Token).AsTask(), cancellation);
            }),
        ];

        foreach (int i in Enumerable.Range(0, Callers).Where(i => IsLeaving(i)))
        {
            await callers[i].Cancellation.CancelAsync();
        }

        _gate.SetResult();
        for (int i = 0; i < Callers; i++)
        {
            if (IsLeaving(i))
            {
                (await callers[i].Task.Awaiting(task => task.WaitAsync(Guard)).Should().ThrowAsync<OperationCanceledException>())
                    .Which.CancellationToken.Should().Be(callers[i].Cancellation.Token);
            }
            else
            {
                (await callers[i].Task.WaitAsync(Guard)).Records.Should().HaveCount(2);
            }

            callers[i].Cancellation.Dispose();
        }

        server.Queries.Should().HaveCount(2);

        static bool IsLeaving(int i) => (i * 2_654_435_761L >> 7) % 2 == 0;
    }

    [Fact]
    public async Task ResolveAddressesAsync_AllCallersLeave_EndsTheQuery()
    {
        DnsTestServer server = StartGatedServer();
        DnsResolver resolver = CreateResolver(server);
        using CancellationTokenSource cancellation = new();
        Task[] callers = [.. Enumerable.Range(0, 100).Select(_ => resolver.ResolveAddressesAsync(Name, cancellation.Token).AsTask())];
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        await cancellation.CancelAsync();

        await Task.WhenAll(callers).Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
        await WaitUntilAsync(() => resolver.Pipeline.Engine.RunningCount == 0); // sockets are closed before a question ends
        resolver.Pipeline.Engine.Context.Slots.InFlight.Should().Be(0);
    }

    [Fact]
    public async Task QueryAsync_FirstCallersTimeIsOver_GoesOnForTheNext()
    {
        DnsTestServer server = StartGatedServer();
        DnsResolver resolver = CreateResolver(options => options.LookupTimeout = Seconds(10), server);
        Task<DnsAnswer<DnsRecord>> first = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Advance(5);
        Task<DnsAnswer<DnsRecord>> second = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();

        Advance(5);
        await first.Awaiting(task => task.WaitAsync(Guard)).Should().ThrowAsync<DnsException>();
        bool wasWaiting = !second.IsCompleted;
        _gate.SetResult();
        DnsAnswer<DnsRecord> answer = await second.WaitAsync(Guard);

        wasWaiting.Should().BeTrue();
        answer.Records.Should().HaveCount(1);
    }

    [Fact]
    public async Task QueryAsync_CallersContext_DoesNotFlowIntoTheQuery()
    {
        RecordingTransport transport = new();
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, transport, StartServer(), StartServer());
        using Activity activity = new Activity("caller").Start();
        RecordingTransport.Ambient.Value = "caller";

        await resolver.Awaiting(r => r.QueryAsync(Name, DnsRecordType.A).AsTask()).Should().ThrowAsync<DnsException>();
        await resolver.Awaiting(r => r.QueryAsync("other.test", DnsRecordType.A).AsTask()).Should().ThrowAsync<DnsException>();

        transport.Seen.Should().HaveCountGreaterThan(4, "servers that fail are probed with a copy").And.OnlyContain(seen => seen == null);
        Activity.Current.Should().BeSameAs(activity);
        RecordingTransport.Ambient.Value.Should().Be("caller");
    }

    [Fact]
    public async Task QueryAsync_QueryFaults_TellsEveryCallerAndLeavesNothingBehind()
    {
        RecordingTransport transport = new() { Fault = new InvalidOperationException("broken") };
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(_ => { }, transport, server);

        for (int i = 0; i < 2; i++)
        {
            await resolver.Awaiting(r => r.QueryAsync(Name, DnsRecordType.A).AsTask()).Should().ThrowAsync<InvalidOperationException>().WithMessage("broken");
        }

        transport.Seen.Should().HaveCount(2, "the second caller did not join the first one's query");
        await WaitUntilAsync(() => resolver.Pipeline.Engine.RunningCount == 0);
        resolver.Pipeline.Engine.Context.Slots.InFlight.Should().Be(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Name)]
    [InlineData("NAME.test.")]
    public async Task ClearCache_QueryInFlight_DoesNotBringItBack(string? cleared)
    {
        DnsTestServer server = StartGatedServer();
        DnsResolver resolver = CreateResolver(server);
        Task<DnsAnswer<DnsAddressRecord>> before = resolver.ResolveAddressesAsync(Name).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        Clear(resolver, cleared);
        _gate.SetResult();
        await before.WaitAsync(Guard);

        resolver.Pipeline.Engine.Cache.Find(Name, CacheSlot.Question((int)DnsRecordType.Aaaa)).Should().BeNull();
        resolver.Pipeline.Engine.Cache.Find(Name, CacheSlot.Lookup(default, isFullyQualified: false)).Should().BeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Name)]
    public async Task ClearCache_QueryInFlight_IsNotJoinedAnyMore(string? cleared)
    {
        DnsTestServer server = StartGatedServer();
        DnsResolver resolver = CreateResolver(server);
        Task<DnsAnswer<DnsRecord>> before = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        Clear(resolver, cleared);
        Task<DnsAnswer<DnsRecord>> after = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        _gate.SetResult();
        await Task.WhenAll(before, after).WaitAsync(Guard);

        (await resolver.QueryAsync(Name, DnsRecordType.A)).Should().BeSameAs(await after);
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task ClearCache_OneName_LeavesTheQueriesOfOthersAlone()
    {
        string other = FindNameWithOtherMark();
        DnsTestServer server = StartGatedServer().AddAddress(other, "192.0.2.2").On(other, (_, response) => response.DelayUntil(_gate.Task));
        DnsResolver resolver = CreateResolver(server);
        Task<DnsAnswer<DnsRecord>> before = resolver.QueryAsync(other, DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        resolver.ClearCache(Name);
        Task<DnsAnswer<DnsRecord>> joined = resolver.QueryAsync(other, DnsRecordType.A).AsTask();
        _gate.SetResult();
        await Task.WhenAll(before, joined).WaitAsync(Guard);
        await resolver.QueryAsync(other, DnsRecordType.A);

        server.Queries.Should().HaveCount(1, "it was joined, and then kept");
    }

    [Fact]
    public async Task ClearCache_OneName_ForgetsItWithItsSearchCandidates()
    {
        Host.ResolvConf = "search a.example\noptions ndots:5";
        DnsTestServer server = StartServer().AddAddress("name.test.a.example", "192.0.2.1").AddAddress("other.test.a.example", "192.0.2.2");
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        await resolver.ResolveAddressesAsync("other.test");

        resolver.ClearCache("NAME.TEST");
        await resolver.ResolveAddressesAsync(Name);
        await resolver.ResolveAddressesAsync("other.test");

        Count(server, name: "name.test.a.example").Should().Be(4);
        Count(server, name: "other.test.a.example").Should().Be(2);
    }

    private DnsTestServer StartGatedServer() => StartServer(300, 300).On(Name, (_, response) => response.DelayUntil(_gate.Task));

    private static void Clear(DnsResolver resolver, string? name)
    {
        if (name is null)
        {
            resolver.ClearCache();
        }
        else
        {
            resolver.ClearCache(name);
        }
    }

    // Names share marks, rarely, and differently in each process.
    private static string FindNameWithOtherMark()
    {
        ClearMarks marks = new();
        marks.Clear(Name);
        return Enumerable.Range(0, 1000).Select(i => $"other{i}.test").First(name => marks.Get(name) == 0);
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource guard = new(Guard);
        while (!condition())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}

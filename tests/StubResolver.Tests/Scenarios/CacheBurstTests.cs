using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Scenarios;

/// <summary>Callers that come at once, and answers that no cache may keep.</summary>
public sealed class CacheBurstTests : CacheScenarioBase
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(0, 10_000)]
    [InlineData(300, 0)]
    public async Task ResolveAddressesAsync_ManyCallersOfWhatIsNotKept_SendsOneQueryAFamily(double ttl, int capacity)
    {
        DnsTestServer server = StartServer(ttl, ttl).On(Name, DnsRecordType.Aaaa, (_, response) => response.DelayUntil(_gate.Task));
        DnsResolver resolver = CreateResolver(options => options.Cache.Capacity = capacity, server);

        DnsAnswer<DnsAddressRecord>[] answers = await ResolveAllAsync(resolver, callers: 10_000);

        answers.Should().OnlyContain(answer => answer.Records.Count == 2);
        server.Queries.Select(query => query.Type).Should().Equal(DnsRecordType.Aaaa, DnsRecordType.A);
    }

    [Fact]
    public async Task ResolveAddressesAsync_ManyCallersOverASearchListWithoutACache_SendsOneQueryEach()
    {
        Host.ResolvConf = "search a.example b.example\noptions ndots:5";
        DnsTestServer server = StartServer(300, 300).On("name.test.a.example", DnsRecordType.Aaaa, (_, response) => response.DelayUntil(_gate.Task));
        DnsResolver resolver = CreateResolver(options => options.Cache.Capacity = 0, server);

        await ResolveAllAsync(resolver, callers: 500);

        server.Queries.Select(query => $"{query.Name} {query.Type}").Should().Equal(
            "name.test.a.example Aaaa", "name.test.a.example A", "name.test.b.example Aaaa", "name.test.b.example A", "name.test Aaaa", "name.test A");
    }

    [Fact]
    public async Task Ask_AskedWhileTheLookupWasUnderWay_UsesItsOutcome()
    {
        DnsResolver resolver = CreateResolver(StartServer(0, 0));
        QueryEngine engine = resolver.Pipeline.Engine;
        long before = engine.Mark;
        await QueryAsync(resolver);

        IsAskedAnew(engine, before).Should().BeFalse();
        IsAskedAnew(engine, engine.Mark).Should().BeTrue("a TTL of 0 is not kept for later lookups");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Name)]
    public async Task Ask_ClearedMeanwhile_AsksAnew(string? cleared)
    {
        int asked = 0;
        DnsTestServer server = StartServer(0, 0)
            .On(Name, (_, response) => response.DelayUntil(Interlocked.Increment(ref asked) == 1 ? Task.CompletedTask : _gate.Task));
        DnsResolver resolver = CreateResolver(server);
        long before = resolver.Pipeline.Engine.Mark;
        await QueryAsync(resolver);

        if (cleared is null)
        {
            resolver.ClearCache();
        }
        else
        {
            resolver.ClearCache(cleared);
        }

        IsAskedAnew(resolver.Pipeline.Engine, before).Should().BeTrue();
    }

    [Fact]
    public void Find_OtherQuestionOrOverwritten_ReturnsNothing()
    {
        RecentOutcomes recent = new();
        QuestionKey key = new(Name, DnsRecordType.A);
        QuestionOutcome outcome = new() { Name = Name, Type = DnsRecordType.A };
        recent.Add(key, outcome, number: 7);

        recent.Find(new QuestionKey("NAME.test", DnsRecordType.A), mark: 6).Should().BeSameAs(outcome);
        recent.Find(key, mark: 7).Should().BeNull();
        recent.Find(new QuestionKey(Name, DnsRecordType.Aaaa), mark: 6).Should().BeNull();
        Enumerable.Range(0, 1000).Select(i => new QuestionKey($"n{i}.test", DnsRecordType.A)).Should().OnlyContain(other => recent.Find(other, 0) == null);
    }

    private async Task QueryAsync(DnsResolver resolver)
    {
        await resolver.QueryAsync(Name, DnsRecordType.A);
        await AdvanceUntilAsync(() => resolver.Pipeline.Engine.RunningCount == 0, TimeSpan.Zero, Guard);
    }

    private bool IsAskedAnew(QueryEngine engine, long mark)
    {
        long last = engine.Mark;
        using WakeSignal signal = new(Time);
        WaiterWish everything = new(QuestionRun.AllRounds, IsBackground: false);
        engine.Ask(engine.Context, new QuestionKey(Name, DnsRecordType.A), signal, everything, mark: mark).Leave(signal, LeaveReason.Cancelled);
        return engine.Mark > last;
    }

    private async Task<DnsAnswer<DnsAddressRecord>[]> ResolveAllAsync(DnsResolver resolver, int callers)
    {
        Task<DnsAnswer<DnsAddressRecord>>[] lookups = [.. Enumerable.Range(0, callers).Select(_ => resolver.ResolveAddressesAsync(Name).AsTask())];
        _gate.SetResult();
        return await Task.WhenAll(lookups).WaitAsync(Guard);
    }
}

using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Lookups of records of one type past their life, while no server answers.</summary>
public sealed class TypedStaleTests : CacheScenarioBase
{
    private volatile bool _isBroken;

    public static TheoryData<DnsRecordType> Types => TypedLookup.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Resolve_RefreshFails_ServesStaleForThirtySecondsWithoutAsking(DnsRecordType type)
    {
        DnsTestServer server = StartBreakableServer(type);
        DnsResolver resolver = CreateResolver(server);
        await TypedLookup.ResolveAsync(resolver, type, Name);
        Advance(60);
        _isBroken = true;

        TypedAnswerView stale = await TypedLookup.ResolveAsync(resolver, type, Name);
        int sent = server.Queries.Count;
        DateTimeOffset expected = Time.GetUtcNow() + Seconds(30);
        Advance(29.9);
        TypedAnswerView within = await TypedLookup.ResolveAsync(resolver, type, Name);
        int sentWithin = server.Queries.Count;
        _isBroken = false;
        Advance(0.1);
        TypedAnswerView after = await TypedLookup.ResolveAsync(resolver, type, Name);

        (stale.IsStale, stale.ExpiresAt, stale.Name).Should().Be((true, expected, Name));
        (within.IsStale, within.Records.Count).Should().Be((true, stale.Records.Count));
        sentWithin.Should().Be(sent);
        after.IsStale.Should().BeFalse();
        TypedLookup.IsHit(resolver, type, Name).Should().BeTrue();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Resolve_RefreshIsSlow_ServesStaleAfterEighteenHundredMilliseconds(DnsRecordType type)
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer().AddRecords(type, Name, 60);
        DnsResolver resolver = CreateResolver(server);
        await TypedLookup.ResolveAsync(resolver, type, Name);
        Advance(60);
        server.On(Name, (_, response) => response.DelayUntil(gate.Task));

        Task<TypedAnswerView> slow = TypedLookup.ResolveAsync(resolver, type, Name);
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        Advance(1.7);
        slow.IsCompleted.Should().BeFalse("the servers still have time");
        Advance(0.1);
        TypedAnswerView stale = await slow.WaitAsync(Guard);
        gate.SetResult();

        stale.IsStale.Should().BeTrue();
    }

    [Fact]
    public async Task Resolve_SearchListAndRefreshFails_ServesStaleAsTyped()
    {
        Host.ResolvConf = "search x.test\noptions ndots:5";
        DnsTestServer server = StartBreakableServer(DnsRecordType.Mx).On("name.test.x.test", FailWhile(() => _isBroken));
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveMxAsync(Name);
        Advance(60);
        _isBroken = true;

        DnsAnswer<DnsMxRecord> stale = await resolver.ResolveMxAsync(Name);

        (stale.IsStale, stale.Name).Should().Be((true, Name));
        stale.Records.Select(record => record.Preference).Should().Equal(10, 20);
    }

    [Fact]
    public async Task Resolve_OnlyTheOtherFormIsKnown_ServesItsRecordsStale()
    {
        DnsTestServer server = StartBreakableServer(DnsRecordType.Mx);
        DnsResolver resolver = CreateResolver(server);
        await resolver.QueryAsync(Name, DnsRecordType.Mx);
        Advance(60);
        _isBroken = true;

        DnsAnswer<DnsMxRecord> stale = await resolver.ResolveMxAsync(Name + ".");

        (stale.IsStale, stale.Name).Should().Be((true, Name + "."));
        stale.Records.Select(record => record.Preference).Should().Equal(10, 20);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Resolve_RefreshSaysNameNotFound_ReplacesTheAnswer(DnsRecordType type)
    {
        DnsTestServer server = StartServer().AddRecords(type, Name, 60);
        DnsResolver resolver = CreateResolver(server);
        await TypedLookup.ResolveAsync(resolver, type, Name);
        Advance(60);
        server.Remove(Name);

        for (int i = 0; i < 2; i++)
        {
            Func<Task> act = () => TypedLookup.ResolveAsync(resolver, type, Name);
            (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NameNotFound);
        }

        server.Queries.Should().HaveCount(2);
    }

    private DnsTestServer StartBreakableServer(DnsRecordType type) => StartServer().AddRecords(type, Name, 60).On(Name, FailWhile(() => _isBroken));

    private DnsResolver CreateResolver(DnsTestServer server) => CreateResolver(
        options =>
        {
            options.Attempts = 1;
            options.Cache.MaxStale = TimeSpan.FromHours(1);
        },
        server);
}

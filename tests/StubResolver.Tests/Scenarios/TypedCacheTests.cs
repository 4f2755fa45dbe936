using System.Net;
using StubResolver.Testing;
using StubResolver.Tests.Caching;

namespace StubResolver.Tests.Scenarios;

/// <summary>What lookups of records of one type keep for the name as typed.</summary>
public sealed class TypedCacheTests : CacheScenarioBase
{
    public static TheoryData<DnsRecordType> Types => TypedLookup.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Hit_SearchList_SendsNothingAndSharesTheAnswer(DnsRecordType type)
    {
        Host.ResolvConf = "search x.test y.test\noptions ndots:5";
        DnsTestServer server = StartServer().AddRecords(type, Name, 60);
        DnsResolver resolver = CreateResolver(server);

        TypedAnswerView first = await TypedLookup.ResolveAsync(resolver, type, Name);
        TypedAnswerView second = await TypedLookup.ResolveAsync(resolver, type, "NAME.Test");

        server.Queries.Select(query => query.Name).Should().Equal("name.test.x.test", "name.test.y.test", Name);
        second.Answer.Should().BeSameAs(first.Answer);
        (first.Name, first.CanonicalName).Should().Be((Name, Name));
        TypedLookup.IsHit(resolver, type, Name).Should().BeTrue("a hit completes at once");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Hit_PartsOfTheSearchListAreGone_StillCounts(DnsRecordType type)
    {
        Host.ResolvConf = "search x.test\noptions ndots:5";
        DnsTestServer server = StartServer().AddRecords(type, Name, 60);
        DnsResolver resolver = CreateResolver(server);
        TypedAnswerView first = await TypedLookup.ResolveAsync(resolver, type, Name);

        resolver.Pipeline.Engine.Cache.Clear("name.test.x.test");
        TypedAnswerView second = await TypedLookup.ResolveAsync(resolver, type, Name);

        second.Answer.Should().BeSameAs(first.Answer, "only the outcome as typed is looked at");
        server.Queries.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Hit_OtherSpelling_BearsTheNameAsTyped(DnsRecordType type)
    {
        DnsTestServer server = StartServer().AddRecords(type, "xn--bcher-kva.test", 60);
        DnsResolver resolver = CreateResolver(server);

        foreach (string spelling in new[] { "xn--bcher-kva.test", "xn--bcher-kva.test.", "bücher.test", "bücher.test." })
        {
            TypedAnswerView first = await TypedLookup.ResolveAsync(resolver, type, spelling);
            TypedAnswerView second = await TypedLookup.ResolveAsync(resolver, type, spelling.ToUpperInvariant().Replace('Ü', 'ü'));

            first.Name.Should().Be(spelling);
            second.Answer.Should().BeSameAs(first.Answer, "ASCII case makes no difference to {0}", spelling);
        }

        server.Queries.Should().ContainSingle();
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Hit_AfterItsLife_OnlyTheExpiredPartIsAskedAgain(DnsRecordType type)
    {
        Host.ResolvConf = "search x.test\noptions ndots:5";
        DnsTestServer server = StartServer().AddRecords(type, Name, 300);
        server.NegativeTtl = Seconds(20);
        DnsResolver resolver = CreateResolver(options => options.Cache.PrefetchThreshold = 0, server);

        TypedAnswerView first = await TypedLookup.ResolveAsync(resolver, type, Name);
        Advance(19.9);
        TypedAnswerView within = await TypedLookup.ResolveAsync(resolver, type, Name);
        DateTimeOffset expected = Time.GetUtcNow() + Seconds(0.1);
        Advance(0.1);
        TypedAnswerView after = await TypedLookup.ResolveAsync(resolver, type, Name);

        first.ExpiresAt.Should().Be(expected, "the suffix may exist by then");
        after.ExpiresAt.Should().Be(expected + Seconds(20));
        within.Answer.Should().BeSameAs(first.Answer);
        Count(server, name: Name).Should().Be(1);
        Count(server, name: "name.test.x.test").Should().Be(2);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task ClearCache_AllOrThisName_AsksAgain(DnsRecordType type)
    {
        DnsTestServer server = StartServer().AddRecords(type, Name, 300);
        DnsResolver resolver = CreateResolver(server);
        await TypedLookup.ResolveAsync(resolver, type, Name);

        resolver.ClearCache("Name.test.");
        await TypedLookup.ResolveAsync(resolver, type, Name);
        int afterName = server.Queries.Count;
        resolver.ClearCache();
        await TypedLookup.ResolveAsync(resolver, type, Name);

        afterName.Should().Be(2);
        server.Queries.Should().HaveCount(3);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task ClearCache_LookupInFlight_DoesNotBringItBack(DnsRecordType type)
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer().AddRecords(type, Name, 300).On(Name, (_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(server);
        Task<TypedAnswerView> before = TypedLookup.ResolveAsync(resolver, type, Name);
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        resolver.ClearCache(Name);
        gate.SetResult();
        await before.WaitAsync(Guard);
        await TypedLookup.ResolveAsync(resolver, type, Name);

        server.Queries.Should().HaveCount(2);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Hit_WallClockIsSet_CorrectsItsDate(DnsRecordType type)
    {
        JumpingTimeProvider time = new();
        DnsTestServer server = StartServer().AddRecords(type, Name, 300);
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = time, server);
        await TypedLookup.ResolveAsync(resolver, type, Name);
        time.Advance(Seconds(100));
        time.SetWallClock(TimeSpan.FromDays(-3653));

        TypedAnswerView hit = await TypedLookup.ResolveAsync(resolver, type, Name);

        hit.ExpiresAt.Should().Be(time.GetUtcNow() + Seconds(200));
        hit.Name.Should().Be(Name);
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task Names_OfAnAddress_AreOneLookupApartFromTheNameTyped()
    {
        DnsTestServer server = StartServer().AddRecords(DnsRecordType.Ptr, "1.2.0.192.in-addr.arpa", 300);
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsPtrRecord> dotted = await resolver.ResolvePtrAsync("1.2.0.192.in-addr.arpa.");
        DnsAnswer<DnsPtrRecord> first = await resolver.ResolvePtrAsync(IPAddress.Parse("192.0.2.1"));
        DnsAnswer<DnsPtrRecord> mapped = await resolver.ResolvePtrAsync(IPAddress.Parse("::ffff:192.0.2.1"));
        resolver.ClearCache("1.2.0.192.in-addr.arpa");
        await resolver.ResolvePtrAsync(IPAddress.Parse("192.0.2.1"));

        dotted.Name.Should().Be("1.2.0.192.in-addr.arpa.");
        first.Name.Should().Be("1.2.0.192.in-addr.arpa");
        mapped.Should().BeSameAs(first);
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task Hit_MailExchanges_AreInOrder()
    {
        DnsResolver resolver = CreateResolver(StartServer().AddRecords(DnsRecordType.Mx, Name, 300));
        await resolver.ResolveMxAsync(Name);

        DnsAnswer<DnsMxRecord> hit = await resolver.ResolveMxAsync(Name);

        hit.Records.Select(record => record.Preference).Should().Equal(10, 20);
    }

    [Fact]
    public async Task Hit_ServicesOfOnePriority_AreDrawnForEachCaller()
    {
        DnsTestServer server = StartServer()
            .AddRecord(new DnsSrvRecord(Name, Seconds(300), 1, 50, 443, "a.test"))
            .AddRecord(new DnsSrvRecord(Name, Seconds(300), 1, 50, 443, "b.test"))
            .AddRecord(new DnsSrvRecord(Name, Seconds(300), 2, 50, 443, "last.test"));
        DnsResolver resolver = CreateResolver(server);
        List<string> orders = [];

        for (int i = 0; i < 200; i++)
        {
            orders.Add(string.Join(' ', (await resolver.ResolveSrvAsync(Name)).Records.Select(record => record.Target)));
        }

        orders.Distinct().Should().BeEquivalentTo("a.test b.test last.test", "b.test a.test last.test"); // one alone: 1 in 2^199
        server.Queries.Should().ContainSingle();
    }
}

using StubResolver.Caching;
using StubResolver.Testing;
using StubResolver.Tests.Caching;

namespace StubResolver.Tests.Scenarios;

/// <summary>What is cleared, outdated or slept over while questions are in flight.</summary>
public sealed class CacheGenerationTests : CacheScenarioBase
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task ConfigurationChanges_QueryInFlight_FillsNoCacheAndIsNotJoined()
    {
        Host.ResolvConf = "nameserver 127.0.0.1\nsearch a.example";
        DnsTestServer server = StartServer(300, 300).On(Name, (_, response) => response.DelayUntil(_gate.Task));
        DnsResolver resolver = CreateResolver(options => (options.Attempts, options.AttemptTimeout, options.LookupTimeout) = (1, Seconds(60), Seconds(300)), server);
        Task<DnsAnswer<DnsAddressRecord>> before = resolver.ResolveAddressesAsync(Name).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        await ReloadAsync(resolver, "nameserver 127.0.0.1\nsearch b.example");
        Task<DnsAnswer<DnsRecord>> after = resolver.QueryAsync(Name, DnsRecordType.Aaaa).AsTask();
        await server.WaitForQueriesAsync(2, query => query.Type == DnsRecordType.Aaaa).WaitAsync(Guard);
        resolver.ClearCache(); // so that what the second query says is not kept either
        _gate.SetResult();
        await before.WaitAsync(Guard);
        await after.WaitAsync(Guard);

        Find(resolver, CacheSlot.Question((int)DnsRecordType.Aaaa)).Should().BeNull();
        Find(resolver, CacheSlot.Lookup(default, isFullyQualified: false)).Should().BeNull("it was looked up under other suffixes");
    }

    [Fact]
    public async Task ConfigurationChanges_AnswersAndFailuresAreKnown_AsksAgain()
    {
        Host.ResolvConf = "nameserver 127.0.0.1\nsearch a.example";
        DnsTestServer server = StartServer(300, 300).On("broken.test", (_, response) => response.Code(DnsResponseCode.ServerFailure));
        DnsResolver resolver = CreateResolver(options => (options.Attempts, options.Cache.MaxFailureTtl, options.Cache.FailureTtl) = (1, Seconds(300), Seconds(300)), server);
        await resolver.ResolveAddressesAsync(Name);
        await FailAsync(resolver);
        await FailAsync(resolver);
        server.Queries.Should().HaveCount(3);

        await ReloadAsync(resolver, "nameserver 127.0.0.1\nsearch b.example");
        await resolver.ResolveAddressesAsync(Name);
        await FailAsync(resolver);

        server.Queries.Should().HaveCount(6);
    }

    [Fact]
    public async Task ConfigurationChanges_RecordsAreKnownAsTyped_AsksAgain()
    {
        Host.ResolvConf = "nameserver 127.0.0.1\nsearch a.example";
        DnsTestServer server = StartServer().AddRecord(new DnsTxtRecord(Name, Seconds(300), ["text"]));
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsTxtRecord> before = await resolver.ResolveTxtAsync(Name);

        await ReloadAsync(resolver, "nameserver 127.0.0.1\nsearch b.example");
        DnsAnswer<DnsTxtRecord> after = await resolver.ResolveTxtAsync(Name);

        after.Should().NotBeSameAs(before);
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task ResolveAddressesAsync_FirstAfterASleep_IsKept()
    {
        JumpingTimeProvider time = new();
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = time, server);
        time.SetWallClock(TimeSpan.FromHours(1));

        await resolver.ResolveAddressesAsync(Name);

        Find(resolver, CacheSlot.Lookup(default, isFullyQualified: false)).Should().NotBeNull();
    }

    [Fact]
    public async Task ClearCache_OldQueryEndsLast_LeavesTheNewAnswer()
    {
        int asked = 0;
        DnsTestServer server = StartServer().On(Name, (query, response) => _ = Interlocked.Increment(ref asked) == 1
            ? response.AddAddress("192.0.2.1", TimeSpan.Zero).DelayUntil(_gate.Task)
            : response.AddAddress("192.0.2.2", Seconds(300)));
        DnsResolver resolver = CreateResolver(server);
        Task<DnsAnswer<DnsRecord>> old = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        resolver.ClearCache();
        DnsAnswer<DnsRecord> known = await resolver.QueryAsync(Name, DnsRecordType.A);

        _gate.SetResult();
        await old.WaitAsync(Guard);

        (await resolver.QueryAsync(Name, DnsRecordType.A)).Should().BeSameAs(known, "a TTL of 0 from before says nothing about it");
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task ClearCache_RefreshAheadOfTheEndUnderWay_DoesNotBringItBack()
    {
        DnsTestServer server = StartServer(100, 100);
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(95);
        server.On(Name, (_, response) => response.DelayUntil(_gate.Task));
        await resolver.ResolveAddressesAsync(Name);
        await server.WaitForQueriesAsync(3).WaitAsync(Guard);

        resolver.ClearCache(Name);
        _gate.SetResult();
        await server.WaitForQueriesAsync(4).WaitAsync(Guard); // A, after AAAA: asked after the clearing
        await AdvanceUntilAsync(() => resolver.Pipeline.Engine.RunningCount == 0, TimeSpan.Zero, Guard);
        await SettleAsync();

        Find(resolver, CacheSlot.Question((int)DnsRecordType.Aaaa)).Should().BeNull();
        Find(resolver, CacheSlot.Lookup(default, isFullyQualified: false)).Should().BeNull();
    }

    [Theory]
    [InlineData("bücher.test", "xn--bcher-kva.test")]
    [InlineData("xn--bcher-kva.test", "bücher.test")]
    [InlineData("bücher.test", "BÜCHER.test.")]
    public async Task ClearCache_InternationalizedName_ForgetsItInEitherForm(string known, string cleared)
    {
        DnsTestServer server = StartServer().AddAddress("xn--bcher-kva.test", "192.0.2.1").AddAddress("xn--bcher-kva.test", "2001:db8::1");
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(known);

        resolver.ClearCache(cleared);
        await resolver.ResolveAddressesAsync(known);

        server.Queries.Should().HaveCount(4);
    }

    private static CacheItem? Find(DnsResolver resolver, int slot) => resolver.Pipeline.Engine.Cache.Find(Name, slot);

    private static async Task FailAsync(DnsResolver resolver) =>
        await resolver.Awaiting(r => r.QueryAsync("broken.test", DnsRecordType.A).AsTask()).Should().ThrowAsync<DnsException>();

    private async Task ReloadAsync(DnsResolver resolver, string resolvConf)
    {
        object before = resolver.Pipeline.Engine.Context.Settings;
        Host.ResolvConf = resolvConf;
        await AdvanceUntilAsync(() => !ReferenceEquals(resolver.Pipeline.Engine.Context.Settings, before), Seconds(5), Seconds(60));
    }
}

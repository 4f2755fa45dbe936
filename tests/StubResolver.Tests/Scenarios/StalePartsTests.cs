using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Address lookups without an outcome of their own in the cache, while their questions are there, past their life.</summary>
public sealed class StalePartsTests : CacheScenarioBase
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(AddressFamily.InterNetwork, AddressFamily.Unspecified)]
    [InlineData(AddressFamily.InterNetworkV6, AddressFamily.Unspecified)]
    [InlineData(AddressFamily.Unspecified, AddressFamily.InterNetwork)]
    [InlineData(AddressFamily.Unspecified, AddressFamily.InterNetworkV6)]
    public async Task Resolve_KnownForAnotherFamily_ServesStaleAfterEighteenHundredMilliseconds(AddressFamily known, AddressFamily asked)
    {
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsAddressRecord> before = await resolver.ResolveAddressesAsync(Name, known);
        int sent = server.Queries.Count;
        Advance(60);
        server.On(Name, (_, response) => response.DelayUntil(_gate.Task));

        Task<DnsAnswer<DnsAddressRecord>> slow = resolver.ResolveAddressesAsync(Name, asked).AsTask();
        DnsAnswer<DnsAddressRecord> stale = await EndAfterResponseTimeAsync(slow, server, sent);

        stale.IsStale.Should().BeTrue();
        stale.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(30));
        stale.PartialFailure.Should().BeNull();
        before.Records.Should().Contain(stale.Records);
        stale.Records.Should().HaveCount(1, "only what was asked for is known and wanted");
    }

    [Theory]
    [InlineData("name.test.", "name.test")]
    [InlineData("name.test", "name.test.")]
    public async Task Resolve_KnownInAnotherForm_ServesStaleAndTheRefreshGoesOn(string known, string asked)
    {
        Host.ResolvConf = "search x.test\noptions ndots:5";
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(known);
        int sent = server.Queries.Count;
        Advance(60);
        server.On(Name, (_, response) => response.DelayUntil(_gate.Task)).On("name.test.x.test", (_, response) => response.DelayUntil(_gate.Task));

        Task<DnsAnswer<DnsAddressRecord>> slow = resolver.ResolveAddressesAsync(asked).AsTask();
        DnsAnswer<DnsAddressRecord> stale = await EndAfterResponseTimeAsync(slow, server, sent);
        _gate.SetResult();
        DnsAnswer<DnsAddressRecord> renewed = await ResolveUntilFreshAsync(resolver, asked);

        (stale.IsStale, stale.Name, stale.Records.Count).Should().Be((true, asked, 2));
        (renewed.Name, renewed.Records.Count).Should().Be((asked, 2));
    }

    [Fact]
    public async Task Resolve_OneFamilyIsAnsweredMeanwhile_ServesItBesideTheOther()
    {
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateResolver(server);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        Advance(60);
        server.On(Name, DnsRecordType.A, (_, response) => response.DelayUntil(_gate.Task));

        Task<DnsAnswer<DnsAddressRecord>> slow = resolver.ResolveAddressesAsync(Name).AsTask();
        await server.WaitForQueriesAsync(3).WaitAsync(Guard);
        DnsAnswer<DnsAddressRecord> stale = await EndAfterResponseTimeAsync(slow, server, sent: 2);

        stale.IsStale.Should().BeTrue();
        stale.Records.Select(record => record.Address.ToString()).Should().BeEquivalentTo("2001:db8::1", "192.0.2.1");
    }

    [Fact]
    public async Task Resolve_RefreshFailed_ServesStaleForThirtySecondsWithoutAsking()
    {
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork);
        Advance(60);
        server.On(Name, (_, response) => response.Code(DnsResponseCode.ServerFailure));
        await resolver.ResolveAddressesAsync(Name);
        int sent = server.Queries.Count;

        Advance(29.9);
        DnsAnswer<DnsAddressRecord> within = await resolver.ResolveAddressesAsync(Name);
        int sentWithin = server.Queries.Count;
        Advance(0.1);
        DnsAnswer<DnsAddressRecord> after = await resolver.ResolveAddressesAsync(Name);

        (within.IsStale, after.IsStale).Should().Be((true, true));
        sentWithin.Should().Be(sent);
        server.Queries.Count.Should().BeGreaterThan(sent);
    }

    [Fact]
    public async Task Resolve_BothFamiliesAreRequired_WaitsForTheUnknownOne()
    {
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateResolver(server, options => options.RequireBothFamilies = true);
        await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork);
        Advance(60);
        server.On(Name, (_, response) => response.DelayUntil(_gate.Task));

        Task<DnsAnswer<DnsAddressRecord>> slow = resolver.ResolveAddressesAsync(Name).AsTask();
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        Advance(1.8);
        await SettleAsync();
        bool isOver = slow.IsCompleted;
        _gate.SetResult();

        isOver.Should().BeFalse();
        (await slow.WaitAsync(Guard)).Records.Should().HaveCount(2);
    }

    [Fact]
    public async Task Resolve_HostWithoutIPv6_LeavesItsAddressesOut()
    {
        Host.HasIPv6 = false;
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateResolver(server);
        await resolver.QueryAsync(Name, DnsRecordType.Aaaa);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        Advance(60);
        server.On(Name, (_, response) => response.Code(DnsResponseCode.ServerFailure));

        DnsAnswer<DnsAddressRecord> stale = await resolver.ResolveAddressesAsync(Name);

        stale.IsStale.Should().BeTrue();
        stale.Records.Should().ContainSingle().Which.Type.Should().Be(DnsRecordType.A);
    }

    // The clock stands while the first query leaves: the refresh began at this moment.
    private async Task<DnsAnswer<DnsAddressRecord>> EndAfterResponseTimeAsync(Task<DnsAnswer<DnsAddressRecord>> slow, DnsTestServer server, int sent)
    {
        await server.WaitForQueriesAsync(sent + 1).WaitAsync(Guard);
        Advance(1.7);
        await SettleAsync();
        slow.IsCompleted.Should().BeFalse("the servers still have time");
        Advance(0.1);
        return await slow.WaitAsync(Guard);
    }

    private static async Task<DnsAnswer<DnsAddressRecord>> ResolveUntilFreshAsync(DnsResolver resolver, string typed)
    {
        using CancellationTokenSource guard = new(Guard);
        while (true)
        {
            DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(typed, guard.Token);
            if (!answer.IsStale)
            {
                return answer;
            }

            await Task.Yield();
        }
    }

    private DnsResolver CreateResolver(DnsTestServer server, Action<DnsResolverOptions>? configure = null) => CreateResolver(
        options =>
        {
            options.Attempts = 1;
            options.Cache.MaxStale = TimeSpan.FromHours(1);
            configure?.Invoke(options);
        },
        server);
}

using System.Net.Sockets;
using StubResolver.Caching;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What a refresh that said something unusual does to the stale answer before it.</summary>
public sealed class CacheStaleRefreshTests : CacheScenarioBase
{
    private volatile string _state = "zone";

    [Theory]
    [InlineData("no SOA")]
    [InlineData("TTL 0")]
    public async Task ResolveAddressesAsync_RefreshSaidWhatIsNotKept_ReplacesTheEntry(string said)
    {
        DnsTestServer server = StartScriptedServer();
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        _state = said;
        await TryResolveAsync(resolver);
        _state = "broken";

        DnsAnswer<DnsAddressRecord>? answer = await TryResolveAsync(resolver);

        answer.Should().BeNull("the old addresses are known to be gone");
        server.Queries.Should().HaveCount(6);
    }

    [Fact]
    public async Task ResolveAddressesAsync_ServersAreLame_ServesStale()
    {
        DnsTestServer server = StartScriptedServer();
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        _state = "lame";

        DnsAnswer<DnsAddressRecord>? first = await TryResolveAsync(resolver);
        DnsAnswer<DnsAddressRecord>? second = await TryResolveAsync(resolver);

        (first?.IsStale, second?.IsStale).Should().Be((true, true), "a server that does not serve the name says nothing about it");
        server.Queries.Should().HaveCount(4);
    }

    [Fact]
    public async Task ResolveTxtAsync_ServersAreLame_ServesStale()
    {
        DnsTestServer server = StartScriptedServer().AddRecord(new DnsTxtRecord(Name, Seconds(60), ["text"]));
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveTxtAsync(Name);
        Advance(60);
        _state = "lame";

        (await resolver.ResolveTxtAsync(Name)).IsStale.Should().BeTrue();
    }

    [Fact]
    public async Task ResolveAddressesAsync_RefreshFailsForOneFamily_ServesThatOneStale()
    {
        DnsTestServer server = StartServer(60, 60).On(Name, DnsRecordType.Aaaa, FailWhile(() => _state == "broken"));
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        _state = "broken";
        server.Remove(Name).AddAddress(Name, "192.0.2.7");

        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync(Name);
        DnsAnswer<DnsAddressRecord> second = await resolver.ResolveAddressesAsync(Name);
        int sent = server.Queries.Count;
        Advance(5);
        await resolver.ResolveAddressesAsync(Name);

        first.Records.Select(record => record.Address.ToString()).Should().BeEquivalentTo("2001:db8::1", "192.0.2.7");
        first.IsStale.Should().BeTrue("one of its addresses is past its life");
        first.PartialFailure!.DnsError.Should().Be(DnsError.ServerFailure);
        first.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(25));
        second.Records.Should().BeEquivalentTo(first.Records);
        sent.Should().Be(4, "the failure is remembered");
        server.Queries.Should().HaveCount(5, "only the family that failed is asked for again");
    }

    [Fact]
    public async Task ResolveAddressesAsync_OnlyTheRecordsAreKnown_ServesThemStale()
    {
        DnsTestServer server = StartScriptedServer();
        DnsResolver resolver = CreateResolver(server);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        Advance(60);
        _state = "broken";

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork);

        answer.IsStale.Should().BeTrue();
        answer.Records.Should().HaveCount(1);
    }

    [Fact]
    public async Task ClearCache_RefreshUnderWay_DoesNotBringItBack()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        server.On(Name, (_, response) => response.DelayUntil(gate.Task));
        Task<DnsAnswer<DnsAddressRecord>> refreshed = resolver.ResolveAddressesAsync(Name).AsTask();
        await server.WaitForQueriesAsync(3).WaitAsync(Guard);

        resolver.ClearCache();
        gate.SetResult();
        await refreshed.WaitAsync(Guard);

        resolver.Pipeline.Engine.Cache.Find(Name, CacheSlot.Question((int)DnsRecordType.Aaaa)).Should().BeNull();
        resolver.Pipeline.Engine.Cache.Find(Name, CacheSlot.Lookup(default, isFullyQualified: false)).Should().BeNull();
    }

    private static async Task<DnsAnswer<DnsAddressRecord>?> TryResolveAsync(DnsResolver resolver)
    {
        try
        {
            return await resolver.ResolveAddressesAsync(Name);
        }
        catch (DnsException)
        {
            return null;
        }
    }

    private DnsTestServer StartScriptedServer() => StartServer(60, 60).On(Name, (query, response) => _ = _state switch
    {
        "no SOA" => response.Code(DnsResponseCode.NxDomain).ClearRecords(),
        "TTL 0" => response.ClearRecords().AddAddress(query.Type == DnsRecordType.A ? "192.0.2.7" : "2001:db8::7", TimeSpan.Zero),
        "broken" => response.Code(DnsResponseCode.ServerFailure),
        "lame" => response.ClearRecords().ClearFlags(DnsTestFlags.RA).NoEdns(),
        _ => response,
    });

    private DnsResolver CreateResolver(DnsTestServer server) => CreateResolver(
        options =>
        {
            options.Attempts = 1;
            options.Cache.MaxStale = TimeSpan.FromHours(1);
        },
        server);
}

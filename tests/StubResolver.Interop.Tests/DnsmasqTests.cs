using System.Net.Sockets;
using StubResolver.Interop.Tests.Servers;
using Xunit.Abstractions;

namespace StubResolver.Interop.Tests;

/// <summary>One address that is two servers: dnsmasq answers some names itself and asks another server for the rest.</summary>
[Collection(nameof(RealServers))]
public sealed class DnsmasqTests(RealServers servers, ITestOutputHelper output)
{
    // Their TTL is 0: nobody remembers them.
    private static readonly (string Name, string[] Addresses)[] s_local =
    [
        ("host.lan.test", ["2001:db8::82", "192.0.2.82"]),
        ("ipv4.lan.test", ["192.0.2.83"]),
        ("alias.lan.test", ["2001:db8::82", "192.0.2.82"]),
    ];

    [Theory]
    [On(ServerKind.DnsmasqBeforeBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforePlainBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeUnbound, EachClient = true)]
    public Task ResolveAddressesAsync_LocalNamesAmongForwardedOnes_CostOneQueryAQuestion(ServerKind kind, ClientKind client) => Cost.MeasureAsync(async () =>
    {
        await using MeasuredResolver resolver = new(await servers.GetAsync(kind), client);
        // With cookies: BADCOOKIE at first; then the local answer without a cookie goes on to TCP, and the server counts as plain.
        int first = client.HasCookies() ? 3 : 2;

        await AskForwardedAsync(resolver, firstQueries: first);
        await AskLocalAsync(resolver, firstQueries: first);
        await AskForwardedAsync(resolver, firstQueries: 2);
        await AskLocalAsync(resolver, firstQueries: 2);
    });

    [Theory]
    [On(ServerKind.DnsmasqBeforeBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforePlainBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeUnbound, EachClient = true)]
    public Task ResolveAddressesAsync_ForwardedNamesAfterALocalOne_CostOneQueryAQuestion(ServerKind kind, ClientKind client) => Cost.MeasureAsync(async () =>
    {
        await using MeasuredResolver resolver = new(await servers.GetAsync(kind), client);
        int first = client.HasCookies() ? 3 : 2;

        await AskLocalAsync(resolver, firstQueries: 2);
        await AskForwardedAsync(resolver, firstQueries: first);
    });

    [Theory]
    [On(ServerKind.DnsmasqBeforeBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeUnbound, EachClient = true)]
    public async Task ResolveAddressesAsync_LocalNameWithoutTheFamily_SaysSoWithoutASoa(ServerKind kind, ClientKind client)
    {
        await using DnsResolver resolver = (await servers.GetAsync(kind)).CreateResolver(client);

        Func<Task> noFamily = () => resolver.ResolveAddressesAsync("ipv4.lan.test", AddressFamily.InterNetworkV6).AsTask();
        Func<Task> noName = () => resolver.ResolveAddressesAsync("nothing.lan.test").AsTask();

        (await noFamily.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NoData);
        (await noName.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NameNotFound);
        (await resolver.ResolveAddressesAsync("ipv4.lan.test")).PartialFailure.Should().BeNull("NODATA of the other family is no failure");
        (await resolver.ResolveTxtAsync("txt.lan.test")).Records.Should().ContainSingle().Which.Values.Should().Equal("a text");
    }

    [Theory]
    [On(ServerKind.DnsmasqBeforeBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeUnbound, EachClient = true)]
    public Task QueryAsync_NegativeAnswer_IsRememberedOnlyWithASoa(ServerKind kind, ClientKind client) => Cost.MeasureAsync(async () =>
    {
        RealServer server = await servers.GetAsync(kind);
        string forwarded = $"{Guid.NewGuid():N}.interop.test";
        for (int i = 0; i < 2; i++) // the second resolver is given what dnsmasq remembers
        {
            await using MeasuredResolver resolver = new(server, client);
            await resolver.QueryAsync(forwarded, DnsRecordType.A);
            await resolver.QueryAsync("nothing.lan.test", DnsRecordType.A);
            await resolver.QueryAsync("ipv4.lan.test", DnsRecordType.Aaaa);

            (await resolver.QueryAsync(forwarded, DnsRecordType.A)).Queries.Should().Be(0, "a SOA came with it");
            (await resolver.QueryAsync("nothing.lan.test", DnsRecordType.A)).ShouldCostNoTimer(queries: 1);
            (await resolver.QueryAsync("ipv4.lan.test", DnsRecordType.Aaaa)).ShouldCostNoTimer(queries: 1);
        }
    });

    [Theory]
    [On(ServerKind.DnsmasqBeforeBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeUnbound, EachClient = true)]
    public Task ResolveAddressesAsync_LocalNameThatDoesNotExistForAaaa_BringsItsAddress(ServerKind kind, ClientKind client) => Cost.MeasureAsync(async () =>
    {
        await using MeasuredResolver resolver = new(await servers.GetAsync(kind), client);

        Measurement<DnsAnswer<DnsAddressRecord>> measured = await resolver.ResolveAddressesAsync("address.lan.test");

        measured.ShouldCostNoTimer(queries: 2);
        measured.Answer.Records.Should().ContainSingle().Which.Address.ToString().Should().Be("192.0.2.81");
        measured.Answer.PartialFailure!.DnsError.Should().Be(DnsError.NameNotFound, "it is NXDOMAIN for AAAA, and has an address");
    });

    [Theory]
    [On(ServerKind.DnsmasqBeforeBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforePlainBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeUnbound, EachClient = true)]
    public Task QueryAsync_OneNameByManyAtOnce_AllAreAnsweredWithoutATimer(ServerKind kind, ClientKind client) => Cost.MeasureAsync(async () =>
    {
        const int Count = 10;
        RealServer server = await servers.GetAsync(kind);
        RealServer upstream = await servers.GetAsync(ServerChain.GetUpstream(kind)!.Value);
        string name = Zones.NewName();
        MeasuredResolver[] resolvers = [.. Enumerable.Range(0, Count).Select(_ => new MeasuredResolver(server, client))];

        // dnsmasq asks once for all who wait for the name: they are given the cookie and the letters of the first.
        await upstream.PauseAsync();
        Task<Measurement<DnsAnswer<DnsRecord>>[]> asking = Task.WhenAll(resolvers.Select(resolver => resolver.QueryAsync(name, DnsRecordType.A)));
        await upstream.ResumeAsync();
        Measurement<DnsAnswer<DnsRecord>>[] measured = await asking;

        output.WriteLine($"{measured.Count(one => one.Queries > 1)} of {Count} asked again; the longest took {measured.Max(one => one.Elapsed.TotalMilliseconds):F1} ms.");
        foreach ((MeasuredResolver resolver, Measurement<DnsAnswer<DnsRecord>> one) in resolvers.Zip(measured))
        {
            one.Answer.Records.Should().HaveCount(1);
            one.ShouldCostNoTimer(queries: client.HasCookies() ? 3 : client == ClientKind.RandomCase ? 2 : 1);
            await resolver.DisposeAsync();
        }
    });

    private async Task AskForwardedAsync(MeasuredResolver resolver, int firstQueries)
    {
        foreach (int queries in (int[])[firstQueries, 2, 2])
        {
            await AskAsync(resolver, Zones.NewName(), [Zones.NewNameAddress], queries);
        }
    }

    private async Task AskLocalAsync(MeasuredResolver resolver, int firstQueries)
    {
        foreach ((string name, string[] addresses) in s_local)
        {
            await AskAsync(resolver, name, addresses, name == s_local[0].Name ? firstQueries : 2);
        }
    }

    private async Task AskAsync(MeasuredResolver resolver, string name, string[] addresses, int queries)
    {
        Measurement<DnsAnswer<DnsAddressRecord>> measured = await resolver.ResolveAddressesAsync(name);

        output.WriteLine($"{measured.Elapsed.TotalMilliseconds,7:F1} ms, {measured.Queries} queries: {name}");
        measured.ShouldCostNoTimer(queries, name);
        measured.Answer.Records.Select(record => record.Address.ToString()).Should().BeEquivalentTo(addresses);
        measured.Answer.PartialFailure.Should().BeNull();
    }
}

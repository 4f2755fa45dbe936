using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>Servers that ask another one: each of a forwarder's names is asked for once, however the resolver is set up.</summary>
[Collection(nameof(RealServers))]
public sealed class ForwarderTests(RealServers servers)
{
    private const int Rounds = 3;

    [Theory]
    [On(ServerKind.UnboundBeforeKnot, EachClient = true)]
    [On(ServerKind.PowerDnsBeforeNsd, EachClient = true)]
    [On(ServerKind.KnotResolverBeforeKnot, EachClient = true)]
    public Task ResolveAddressesAsync_NewAndRememberedNames_CostOneQueryAQuestion(ServerKind kind, ClientKind client) => Cost.MeasureAsync(async () =>
    {
        RealServer server = await servers.GetAsync(kind);
        string[] names = [.. Enumerable.Range(0, Rounds).Select(_ => Zones.NewName())];
        for (int i = 0; i < 2; i++) // the second resolver is given what the forwarder remembers
        {
            await using MeasuredResolver resolver = new(server, client);
            foreach (string name in names)
            {
                Measurement<DnsAnswer<DnsAddressRecord>> measured = await resolver.ResolveAddressesAsync(name);

                measured.ShouldCostNoTimer(queries: 2);
                measured.Answer.Records.Should().ContainSingle().Which.Address.ToString().Should().Be(Zones.NewNameAddress);
                measured.Answer.PartialFailure.Should().BeNull();
            }
        }
    });

    [Theory]
    [On(ServerKind.UnboundBeforeKnot, EachClient = true)]
    [On(ServerKind.PowerDnsBeforeNsd, EachClient = true)]
    [On(ServerKind.KnotResolverBeforeKnot, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforePlainBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeUnbound, EachClient = true)]
    public Task QueryAsync_LargeSets_ComeWholeAndCostNoTimer(ServerKind kind, ClientKind client) => Cost.MeasureAsync(async () =>
    {
        RealServer server = await servers.GetAsync(kind);
        await using MeasuredResolver resolver = new(server, client);
        await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A); // may bring a cookie, which what the forwarder remembers has not

        Measurement<DnsAnswer<DnsRecord>> big = await resolver.QueryAsync("big.interop.test", DnsRecordType.A);
        Measurement<DnsAnswer<DnsRecord>> middling = await resolver.QueryAsync("middling.interop.test", DnsRecordType.A);

        big.Answer.Records.Should().HaveCount(95).And.OnlyHaveUniqueItems();
        middling.Answer.Records.Should().HaveCount(40).And.OnlyHaveUniqueItems();
        big.ShouldCostNoTimer(queries: client == ClientKind.Tcp ? 1 : 2);
        middling.ShouldCostNoTimer(queries: client == ClientKind.NoEdns || client.HasCookies() ? 2 : 1);
    });

    [Theory]
    [On(ServerKind.UnboundBeforeKnot, EachClient = true)]
    [On(ServerKind.PowerDnsBeforeNsd, EachClient = true)]
    [On(ServerKind.KnotResolverBeforeKnot, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforePlainBind, EachClient = true)]
    [On(ServerKind.DnsmasqBeforeUnbound, EachClient = true)]
    public Task QueryAsync_NoSuchNameOrType_CostsNoTimerAndFewQueries(ServerKind kind, ClientKind client) => Cost.MeasureAsync(async () =>
    {
        RealServer server = await servers.GetAsync(kind);
        string missing = $"{Guid.NewGuid():N}.interop.test";
        string withoutIPv6 = Zones.NewName();
        for (int i = 0; i < 2; i++) // the second resolver is given what the forwarder remembers
        {
            await using MeasuredResolver resolver = new(server, client);
            await resolver.QueryAsync(Zones.NewName(), DnsRecordType.A); // may bring a cookie, which what the forwarder remembers has not

            Measurement<DnsAnswer<DnsRecord>> noName = await resolver.QueryAsync(missing, DnsRecordType.A);
            Measurement<DnsAnswer<DnsRecord>> noType = await resolver.QueryAsync(withoutIPv6, DnsRecordType.Aaaa);

            (noName.Answer.ResponseCode, noName.Answer.Records.Count).Should().Be((DnsResponseCode.NxDomain, 0));
            (noType.Answer.ResponseCode, noType.Answer.Records.Count).Should().Be((DnsResponseCode.NoError, 0));
            noName.ShouldCostNoTimer(queries: client.HasCookies() ? 2 : 1);
            noType.ShouldCostNoTimer(queries: 1);
        }
    });
}

using System.Globalization;
using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>Very many queries at once. For more of them set STUBRESOLVER_BURST to their number, 10,000 at most.</summary>
[Collection(nameof(RealServers))]
public sealed class BurstTests(RealServers servers)
{
    private static readonly int s_count =
        int.TryParse(Environment.GetEnvironmentVariable("STUBRESOLVER_BURST"), CultureInfo.InvariantCulture, out int count) ? count : 2_000;

    [Theory]
    [On(ServerKind.Bind)]
    [On(ServerKind.Knot)]
    [On(ServerKind.Unbound)]
    [On(ServerKind.Nsd)]
    [On(ServerKind.PowerDnsBeforeNsd)]
    [On(ServerKind.UnboundBeforeKnot)]
    [On(ServerKind.KnotResolverBeforeKnot)]
    [On(ServerKind.DnsmasqBeforeBind)]
    [On(ServerKind.DnsmasqBeforePlainBind)]
    [On(ServerKind.DnsmasqBeforeUnbound)]
    public async Task QueryAsync_ThousandsOverTcp_NoneIsLostOrCrossed(ServerKind kind) => await AskThousandsAsync(kind, DnsProtocol.Tcp);

    [Theory]
    [On(ServerKind.Bind)]
    [On(ServerKind.Knot)]
    [On(ServerKind.Unbound)]
    [On(ServerKind.Nsd)]
    [On(ServerKind.PowerDnsBeforeNsd)]
    [On(ServerKind.UnboundBeforeKnot)]
    [On(ServerKind.KnotResolverBeforeKnot)]
    [On(ServerKind.DnsmasqBeforeBind)]
    [On(ServerKind.DnsmasqBeforePlainBind)]
    [On(ServerKind.DnsmasqBeforeUnbound)]
    public async Task QueryAsync_ThousandsOverUdp_NoneIsLostOrCrossed(ServerKind kind) => await AskThousandsAsync(kind, DnsProtocol.Udp);

    private async Task AskThousandsAsync(ServerKind kind, DnsProtocol protocol)
    {
        RealServer server = await servers.GetAsync(kind);
        await using DnsResolver resolver = server.CreateResolver(options => options.Servers = [new DnsServer(server.EndPoint, protocol)]);

        DnsAnswer<DnsRecord>[] answers = await Task.WhenAll(Enumerable.Range(0, s_count).Select(
            number => resolver.QueryAsync($"n{number}.burst.interop.test", DnsRecordType.Aaaa).AsTask()));

        answers.Select(answer => ((DnsAddressRecord)answer.Records.Single()).Address.ToString()).Should().Equal(
            Enumerable.Range(0, s_count).Select(number => System.Net.IPAddress.Parse(Zones.AddressOf(number)).ToString()));
    }
}

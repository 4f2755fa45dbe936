using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>Very many queries at once.</summary>
[Collection(nameof(RealServers))]
public sealed class BurstTests(RealServers servers)
{
    [Theory]
    [On(ServerKind.Bind)]
    [On(ServerKind.Knot)]
    [On(ServerKind.Unbound)]
    public async Task QueryAsync_TenThousandOverTcp_NoneIsLostOrCrossed(ServerKind kind)
    {
        RealServer server = await servers.GetAsync(kind);
        await using DnsResolver resolver = server.CreateResolver(options => options.Servers = [new DnsServer(server.EndPoint, DnsProtocol.Tcp)]);

        DnsAnswer<DnsRecord>[] answers = await Task.WhenAll(Enumerable.Range(0, Zones.BurstCount).Select(
            number => resolver.QueryAsync($"n{number}.burst.interop.test", DnsRecordType.Aaaa).AsTask()));

        answers.Select(answer => ((DnsAddressRecord)answer.Records.Single()).Address.ToString()).Should().Equal(
            Enumerable.Range(0, Zones.BurstCount).Select(number => System.Net.IPAddress.Parse(Zones.AddressOf(number)).ToString()));
    }
}

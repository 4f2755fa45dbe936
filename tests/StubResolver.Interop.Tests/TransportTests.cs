using System.Text;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>EDNS, truncation and letter case, as real servers have them.</summary>
[Collection(nameof(RealServers))]
public sealed class TransportTests(RealServers servers)
{
    private const int HeaderSize = 12;

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
    public async Task QueryAsync_LargeSets_ComeWholeAndOverTcpOnlyWhereTheyDoNotFit(ServerKind kind)
    {
        (await CountFallbacksAsync(kind, "middling", expected: 40)).Should().Be(0, "with EDNS 1,232 octets fit");
        (await CountFallbacksAsync(kind, "middling", expected: 40, payloadSize: 0)).Should().Be(1, "without EDNS 512 octets fit");
        (await CountFallbacksAsync(kind, "big", expected: 95)).Should().Be(1);
    }

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
    public async Task QueryAsync_RandomCase_IsKeptAndAnsweredOverUdp(ServerKind kind)
    {
        const string Name = "some-name-with-many-letters.wild.interop.test";
        await using UdpRelay relay = new((await servers.GetAsync(kind)).EndPoint);
        await using DnsResolver resolver = await CreateRelayedAsync(kind, relay, options => options.RandomizeCase = true);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.A);

        answer.Records.Should().ContainSingle().Which.Name.Should().Be(Name);
        relay.Queries.Should().OnlyContain(query => GetFirstLabel(query).Any(char.IsAsciiLetterUpper) && GetFirstLabel(query).Any(char.IsAsciiLetterLower));
    }

    private async Task<long> CountFallbacksAsync(ServerKind kind, string name, int expected, int payloadSize = 1232)
    {
        using TestMeterFactory meters = new();
        using MetricCollector<long> fallbacks = new(meters, "StubResolver", "stubresolver.tcp.fallbacks");
        await using DnsResolver resolver = (await servers.GetAsync(kind)).CreateResolver(options =>
        {
            options.MeterFactory = meters;
            options.UdpPayloadSize = payloadSize;
        });

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync($"{name}.interop.test", DnsRecordType.A);

        answer.Records.Should().HaveCount(expected).And.OnlyHaveUniqueItems();
        return fallbacks.GetMeasurementSnapshot().EvaluateAsCounter();
    }

    private async Task<DnsResolver> CreateRelayedAsync(ServerKind kind, UdpRelay relay, Action<DnsResolverOptions>? configure = null) =>
        (await servers.GetAsync(kind)).CreateResolver(options =>
        {
            options.Servers = [relay.EndPoint];
            configure?.Invoke(options);
        });

    private static string GetFirstLabel(byte[] query) => Encoding.ASCII.GetString(query, HeaderSize + 1, query[HeaderSize]);
}

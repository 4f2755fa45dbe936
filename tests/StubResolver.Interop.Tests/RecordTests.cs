using System.Net;
using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>What comes back is what the zone says.</summary>
[Collection(nameof(RealServers))]
public sealed class RecordTests(RealServers servers)
{
    // A recursive server counts down.
    private static readonly TimeSpan s_longestRun = TimeSpan.FromSeconds(99);

    private static readonly (string Name, DnsRecordType Type, string CanonicalName, string[] Data)[] s_expected =
    [
        ("a", DnsRecordType.A, "a", ["192.0.2.1", "192.0.2.2"]),
        ("a", DnsRecordType.Aaaa, "a", ["2001:db8::1"]),
        ("", DnsRecordType.Mx, "", ["10 mail.interop.test.", "20 mail2.other.test."]),
        ("", DnsRecordType.Ns, "", ["ns.interop.test.", "ns2.other.test."]),
        ("", DnsRecordType.Soa, "", [@"ns.interop.test. host\.master.interop.test. 2024010100 3600 600 86400 60"]),
        ("txt", DnsRecordType.Txt, "txt", [@"""hello world"" ""with \""quotes\"" and \\"" """" ""\195\188"""]),
        ("_sip._tcp", DnsRecordType.Srv, "_sip._tcp", ["1 20 5060 sip.interop.test."]),
        ("alias", DnsRecordType.A, "a", ["192.0.2.1", "192.0.2.2"]),
        ("alias", DnsRecordType.CName, "alias", ["link1.interop.test."]),
        ("any.thing.wild", DnsRecordType.A, "any.thing.wild", ["192.0.2.9"]),
        ("www.old", DnsRecordType.A, "www.new", ["192.0.2.10"]),
        ("https", DnsRecordType.Https, "https", [@"\# 19 000100000100060268320268330003000220FB"]),
        ("unknown", (DnsRecordType)65300, "unknown", [@"\# 5 0001FF7F00"]),
        ("mixed", DnsRecordType.A, "mixed", ["192.0.2.11"]),
        (@"a\.dot", DnsRecordType.A, @"a\.dot", ["192.0.2.12"]),
        (@"sp\032ace", DnsRecordType.A, @"sp\032ace", ["192.0.2.13"]),
        (@"oc\200tet", DnsRecordType.A, @"oc\200tet", ["192.0.2.14"]),
    ];

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
    public async Task QueryAsync_EachType_BringsTheRecordsOfTheZone(ServerKind kind)
    {
        await using DnsResolver resolver = (await servers.GetAsync(kind)).CreateResolver();
        foreach ((string name, DnsRecordType type, string canonicalName, string[] data) in s_expected)
        {
            DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Absolute(name), type);

            answer.ResponseCode.Should().Be(DnsResponseCode.NoError);
            answer.CanonicalName.Should().BeEquivalentTo(Absolute(canonicalName));
            answer.Records.Select(GetData).Should().BeEquivalentTo(data, $"that is {type} of {name}");
            TimeSpan ttl = TimeSpan.FromSeconds(name == "alias" && type == DnsRecordType.CName ? 100 : 300);
            TimeSpan shortest = (type == DnsRecordType.Soa ? TimeSpan.Zero : ttl) - s_longestRun; // a SOA may be remembered from a negative answer
            answer.Records.Should().OnlyContain(record => record.Type == type && record.Ttl <= ttl && record.Ttl > shortest, "that is what is left of it");
        }
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
    public async Task ResolveAddressesAsync_AliasChain_BringsBothFamiliesAndLivesAsLongAsItsShortestLink(ServerKind kind)
    {
        await using DnsResolver resolver = (await servers.GetAsync(kind)).CreateResolver();
        DateTimeOffset before = DateTimeOffset.UtcNow;

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("alias.interop.test");

        answer.Records.Select(record => record.Address.ToString()).Should().BeEquivalentTo("2001:db8::1", "192.0.2.1", "192.0.2.2");
        answer.PartialFailure.Should().BeNull();
        answer.CanonicalName.Should().Be("a.interop.test");
        answer.ExpiresAt.Should().BeBefore(DateTimeOffset.UtcNow.AddSeconds(101)).And.BeAfter(before);
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
    public async Task ResolveAsync_TypedMethods_BringWhatTheZoneSays(ServerKind kind)
    {
        await using DnsResolver resolver = (await servers.GetAsync(kind)).CreateResolver();

        DnsAnswer<DnsPtrRecord> ipv4 = await resolver.ResolvePtrAsync(IPAddress.Parse("192.0.2.1"));
        DnsAnswer<DnsPtrRecord> ipv6 = await resolver.ResolvePtrAsync(IPAddress.Parse("2001:db8::1"));
        DnsAnswer<DnsMxRecord> mx = await resolver.ResolveMxAsync("interop.test");
        DnsAnswer<DnsTxtRecord> txt = await resolver.ResolveTxtAsync("txt.interop.test");

        ipv4.Records.Select(record => record.Target).Should().BeEquivalentTo("a.interop.test", "b.interop.test");
        ipv6.Records.Select(record => record.Target).Should().Equal("a.interop.test");
        mx.Records.Select(record => record.Preference).Should().Equal(10, 20);
        txt.Records.Should().ContainSingle().Which.Values.Should().HaveCount(4);
    }

    private static string Absolute(string name) => name.Length == 0 ? "interop.test" : $"{name}.interop.test";

    // owner, TTL, class, type, then the data
    private static string GetData(DnsRecord record) => record.ToString().Split(' ', 5)[4];
}

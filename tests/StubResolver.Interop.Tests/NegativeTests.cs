using System.Net.Sockets;
using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>What a zone has not (RFC 2308).</summary>
[Collection(nameof(RealServers))]
public sealed class NegativeTests(RealServers servers)
{
    // The resolver measures on the monotonic clock.
    private static readonly TimeSpan s_clockError = TimeSpan.FromSeconds(1);

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
    public async Task QueryAsync_NoSuchNameOrType_LivesAsLongAsTheZoneAllows(ServerKind kind)
    {
        await using DnsResolver resolver = (await servers.GetAsync(kind)).CreateResolver();
        (string Name, DnsRecordType Type, DnsResponseCode Code)[] expected =
        [
            ("nothing.interop.test", DnsRecordType.A, DnsResponseCode.NxDomain),
            ("dangling.interop.test", DnsRecordType.A, DnsResponseCode.NxDomain),
            ("v6.interop.test", DnsRecordType.A, DnsResponseCode.NoError),
            ("half.interop.test", DnsRecordType.A, DnsResponseCode.NoError),
            ("burst.interop.test", DnsRecordType.Txt, DnsResponseCode.NoError), // an empty non-terminal
        ];
        foreach ((string name, DnsRecordType type, DnsResponseCode code) in expected)
        {
            DateTimeOffset before = DateTimeOffset.UtcNow;

            DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(name, type);

            answer.Records.Should().BeEmpty();
            answer.ResponseCode.Should().Be(code, name);
            answer.ExpiresAt.Should().BeAfter(before, "it may be remembered").And.BeBefore(DateTimeOffset.UtcNow + Zones.NegativeTtl + s_clockError);
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
    public async Task ResolveAddressesAsync_NoSuchName_SaysSo(ServerKind kind)
    {
        await using DnsResolver resolver = (await servers.GetAsync(kind)).CreateResolver();

        Func<Task> nothing = () => resolver.ResolveAddressesAsync("nothing.interop.test").AsTask();
        Func<Task> otherFamily = () => resolver.ResolveAddressesAsync("v6.interop.test", AddressFamily.InterNetwork).AsTask();

        (await nothing.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NameNotFound);
        (await otherFamily.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NoData);
        (await resolver.ResolveAddressesAsync("v6.interop.test")).PartialFailure.Should().BeNull("NODATA of the other family is no failure");
    }

    [Theory]
    [On(ServerKind.Bind)]
    [On(ServerKind.Knot)]
    public async Task QueryAsync_NameOfAnotherZone_IsRefused(ServerKind kind)
    {
        await using DnsResolver resolver = (await servers.GetAsync(kind)).CreateResolver();

        Func<Task> act = () => resolver.QueryAsync("other.example", DnsRecordType.A).AsTask();

        (await act.Should().ThrowAsync<DnsException>()).Which.Should().Match<DnsException>(
            exception => exception.DnsError == DnsError.Refused && exception.ResponseCode == DnsResponseCode.Refused);
    }
}

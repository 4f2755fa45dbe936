using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Where AAAA is left out.</summary>
public sealed class IPv6ModeTests : ScenarioTestBase
{
    [Fact]
    public async Task Auto_HostWithoutIPv6_AsksOnlyA()
    {
        Host.HasIPv6 = false;
        DnsTestServer server = StartZone();
        DnsResolver resolver = CreateResolver(server);

        await resolver.ResolveAddressesAsync("a.test");

        server.Queries.Should().ContainSingle().Which.Type.Should().Be(DnsRecordType.A);
    }

    [Fact]
    public async Task Auto_HostWithoutIPv6_ExplicitFamilyIsAsked()
    {
        Host.HasIPv6 = false;
        DnsTestServer server = StartZone();
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("a.test", AddressFamily.InterNetworkV6);

        answer.Records.Should().ContainSingle();
    }

    [Fact]
    public async Task Auto_IPv6ComesUp_AaaaIsAskedWithin6S()
    {
        Host.HasIPv6 = false;
        DnsTestServer server = StartZone();
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync("a.test");

        Host.HasIPv6 = true;
        Time.Advance(TimeSpan.FromSeconds(6));
        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("a.test");

        answer.Records.Should().HaveCount(2);
    }

    [Fact]
    public async Task Always_HostWithoutIPv6_AsksBoth()
    {
        Host.HasIPv6 = false;
        Host.ResolvConf = "options no-aaaa";
        DnsTestServer server = StartZone();
        DnsResolver resolver = CreateResolver(options => options.IPv6 = DnsIPv6Mode.Always, server);

        await resolver.ResolveAddressesAsync("a.test");

        server.Queries.Should().HaveCount(2, "the option wins over the system");
    }

    [Theory]
    [InlineData(DnsIPv6Mode.Never, "")]
    [InlineData(DnsIPv6Mode.Auto, "options no-aaaa")]
    public async Task NeverOrNoAaaa_AaaaIsNotSentForAddresses(DnsIPv6Mode mode, string resolvConf)
    {
        Host.ResolvConf = resolvConf;
        DnsTestServer server = StartZone();
        DnsResolver resolver = CreateResolver(options => options.IPv6 = mode, server);

        DnsAnswer<DnsAddressRecord> either = await resolver.ResolveAddressesAsync("a.test");
        Func<Task> act = () => resolver.ResolveAddressesAsync("a.test", AddressFamily.InterNetworkV6).AsTask();

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NoData);
        either.Records.Should().ContainSingle();
        server.Queries.Should().ContainSingle().Which.Type.Should().Be(DnsRecordType.A);
    }

    [Fact]
    public async Task Never_QueryLiteralsAndHosts_AreUnaffected()
    {
        Host.Hosts = "::1 h.test";
        DnsTestServer server = StartZone();
        DnsResolver resolver = CreateResolver(options => options.IPv6 = DnsIPv6Mode.Never, server);

        DnsAnswer<DnsRecord> query = await resolver.QueryAsync("a.test", DnsRecordType.Aaaa);
        DnsAnswer<DnsAddressRecord> literal = await resolver.ResolveAddressesAsync("2001:db8::7", AddressFamily.InterNetworkV6);
        DnsAnswer<DnsAddressRecord> hosts = await resolver.ResolveAddressesAsync("h.test", AddressFamily.InterNetworkV6);

        query.Records.Should().ContainSingle();
        literal.Records.Should().ContainSingle();
        hosts.Records.Should().ContainSingle();
    }

    private DnsTestServer StartZone() => StartServer().AddAddress("a.test", "127.0.0.1").AddAddress("a.test", "::1");
}

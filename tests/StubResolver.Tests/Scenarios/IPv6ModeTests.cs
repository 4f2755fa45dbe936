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

    [Theory]
    [InlineData(DnsIPv6Mode.Auto, true)]
    [InlineData(DnsIPv6Mode.Always, true)]
    [InlineData(DnsIPv6Mode.Always, false)]
    public async Task ProgramToldToDoWithoutIPv6_NoIPv6InAnyAnswer(DnsIPv6Mode mode, bool isSwitch)
    {
        if (isSwitch)
        {
            Host.Switches["System.Net.DisableIPv6"] = true;
        }
        else
        {
            Host.Variables["DOTNET_SYSTEM_NET_DISABLEIPV6"] = "1";
        }

        Host.Hosts = "::1 localhost ip6-localhost\n127.0.0.1 localhost";
        DnsTestServer server = StartZone();
        DnsResolver resolver = CreateResolver(options => options.IPv6 = mode, server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("a.test");
        DnsAnswer<DnsAddressRecord> listed = await resolver.ResolveAddressesAsync("localhost");
        DnsAnswer<DnsAddressRecord> special = await resolver.ResolveAddressesAsync("app.localhost");
        Func<Task> explicitFamily = () => resolver.ResolveAddressesAsync("app.localhost", AddressFamily.InterNetworkV6).AsTask();

        server.Queries.Should().ContainSingle().Which.Type.Should().Be(DnsRecordType.A);
        answer.Records.Concat(listed.Records).Concat(special.Records).Should().HaveCount(3)
            .And.OnlyContain(record => record.Address.AddressFamily == AddressFamily.InterNetwork);
        (await explicitFamily.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.NoData);
    }

    [Fact]
    public async Task ProgramToldToDoWithoutIPv6_HostsFileHasOnlyThat_LocalhostIsIPv4()
    {
        Host.Switches["System.Net.DisableIPv6"] = true;
        Host.Hosts = "::1 localhost";
        DnsResolver resolver = CreateResolver(StartServer());

        (await resolver.ResolveAddressesAsync("localhost")).Records.Should().ContainSingle().Which.Address.Should().Be(System.Net.IPAddress.Loopback);
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

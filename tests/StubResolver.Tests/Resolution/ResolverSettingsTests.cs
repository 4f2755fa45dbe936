using System.Net;
using StubResolver.Configuration;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class ResolverSettingsTests
{
    private static readonly SystemSnapshot s_system = new(
        ResolvConf.Parse("nameserver 192.0.2.53\nsearch s.test\noptions ndots:4 timeout:7 attempts:2 rotate no-aaaa trust-ad"),
        HostsFile.Empty,
        LocalNetwork.Unknown);

    [Fact]
    public void Constructor_NothingSet_TheSystemSays()
    {
        ResolverSettings settings = new(new DnsResolverOptions(), s_system);

        settings.Should().BeEquivalentTo(new
        {
            Ndots = 4,
            AttemptTimeout = TimeSpan.FromSeconds(7),
            Attempts = 2,
            RotateServers = true,
            IPv6 = DnsIPv6Mode.Never,
            TrustAuthenticatedData = true,
        });
        settings.SearchDomains.Should().Equal("s.test");
        settings.Servers.Should().Equal(DnsServer.Parse("192.0.2.53"));
    }

    [Fact]
    public void Constructor_OptionsSet_WinOverTheSystem()
    {
        DnsResolverOptions options = new()
        {
            Servers = { IPAddress.Parse("198.51.100.53") },
            Ndots = 1,
            AttemptTimeout = TimeSpan.FromSeconds(3),
            Attempts = 3,
            RotateServers = false,
            IPv6 = DnsIPv6Mode.Always,
            TrustAuthenticatedData = false,
            SearchDomains = [],
        };

        ResolverSettings settings = new(options, s_system);

        settings.Should().BeEquivalentTo(new
        {
            Ndots = 1,
            AttemptTimeout = TimeSpan.FromSeconds(3),
            Attempts = 3,
            RotateServers = false,
            IPv6 = DnsIPv6Mode.Always,
            TrustAuthenticatedData = false,
        });
        settings.SearchDomains.Should().BeEmpty();
        settings.Servers.Should().Equal(DnsServer.Parse("198.51.100.53"));
    }

    [Theory]
    [InlineData(DnsIPv6Mode.Auto)]
    [InlineData(DnsIPv6Mode.Always)]
    public void Constructor_ProgramToldToDoWithoutIPv6_IsNever(DnsIPv6Mode mode)
    {
        SystemSnapshot system = new(new ResolvConf(), HostsFile.Empty, LocalNetwork.Unknown, disablesIPv6: true);

        new ResolverSettings(new DnsResolverOptions { IPv6 = mode }, system).IPv6.Should().Be(DnsIPv6Mode.Never);
    }

    [Theory]
    [InlineData(1232, 0, "nobody set it")]
    [InlineData(1400, 1400, "the option wins over the system")]
    public void Constructor_EdnsSwitchedOff_DefaultIsNone(int option, int expected, string because)
    {
        SystemSnapshot system = new(ResolvConf.Parse("options -edns0"), HostsFile.Empty, LocalNetwork.Unknown);

        new ResolverSettings(new DnsResolverOptions { UdpPayloadSize = option }, system).UdpPayloadSize.Should().Be(expected, because);
    }

    [Fact]
    public void Constructor_NothingSetAnywhere_TakesTheDefaults()
    {
        ResolverSettings settings = new(new DnsResolverOptions(), new SystemSnapshot(new ResolvConf(), HostsFile.Empty, LocalNetwork.Unknown));

        settings.Should().BeEquivalentTo(new
        {
            Ndots = 1,
            AttemptTimeout = TimeSpan.FromSeconds(5),
            Attempts = 3,
            RotateServers = false,
            IPv6 = DnsIPv6Mode.Auto,
            TrustAuthenticatedData = false,
        });
    }
}

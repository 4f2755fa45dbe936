using System.Net;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class SystemConfigurationAdapterTests : SystemConfigurationTestBase
{
    private readonly NetworkAdapter _adapter = new()
    {
        IsUp = true,
        HasGateway = true,
        Servers = [IPAddress.Parse("192.0.2.1")],
        Suffix = "a.test",
        Addresses = [IPAddress.Parse("192.0.2.77")],
    };

    public SystemConfigurationAdapterTests()
    {
        Machine = new FakeSystem { UsesAdapters = true, Adapters = [_adapter] };
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.99");
        Machine.Write(HostsPath, "192.0.2.9 host.test");
    }

    [Fact]
    public void Current_SystemWithoutResolvConf_IsWhatItsAdaptersSay()
    {
        Machine.HostDomain = "corp.test";
        Machine.Variables["RES_OPTIONS"] = "ndots:2";

        SystemConfiguration configuration = Start();

        Servers(configuration).Should().Equal("192.0.2.1:53");
        configuration.Current.SearchDomains.Should().Equal("corp.test", "a.test");
        configuration.Current.Ndots.Should().Be(2);
        configuration.Current.HasRoutableIPv6.Should().BeFalse();
        configuration.Current.LocalAddresses.Should().Equal(IPAddress.Parse("192.0.2.77"));
        Addresses(configuration, "host.test").Should().ContainSingle();
    }

    [Fact]
    public void Check_AdaptersUnchanged_ReportsNothing()
    {
        Start();
        Machine.Adapters = [_adapter with { }];

        NextCheck();

        Reports.Should().BeEmpty();
    }

    [Fact]
    public void Check_AdapterWithOtherServer_IsANewGeneration()
    {
        SystemConfiguration configuration = Start();
        Machine.Adapters = [_adapter with { Servers = [IPAddress.Parse("192.0.2.2")], Addresses = [IPAddress.Parse("198.51.100.7")] }];

        NextCheck();

        Reports.Should().Equal((configuration.Current, SystemChanges.Servers | SystemChanges.LocalAddresses));
    }

    [Fact]
    public void Check_AllAdaptersDown_KeepsTheServersAndWarnsOnce()
    {
        SystemConfiguration configuration = Start();
        Machine.Adapters = [_adapter with { IsUp = false }];

        NextCheck();
        NextCheck();

        Servers(configuration).Should().Equal("192.0.2.1:53");
        Log.Warnings.Should().Equal("The network interfaces name no usable DNS server; the last good configuration stays in use.");
    }

    [Fact]
    public void Current_AdaptersCannotBeRead_AsksThisHostAndCountsAsHasIPv6()
    {
        Machine.Adapters = null;

        SystemConfiguration configuration = Start();
        NextCheck();

        Servers(configuration).Should().Equal("127.0.0.1:53", "[::1]:53");
        configuration.Current.HasRoutableIPv6.Should().BeTrue();
        Log.Warnings.Should().Equal("The network interfaces cannot be read; 127.0.0.1 and ::1 are asked.");
    }
}

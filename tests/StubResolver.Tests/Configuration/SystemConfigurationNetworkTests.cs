using System.Net;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class SystemConfigurationNetworkTests : SystemConfigurationTestBase
{
    private const string Loopback = "00000000000000000000000000000001 01 80 10 80       lo\n";
    private const string Global = "20010db8000000000000000000000002 04 40 00 80     eth0\n";
    private const string Temporary = "20010db80000000000000000000000a5 04 40 00 01     eth0\n";
    private const string LinkLocal = "fe8000000000000000fc00fffe000009 07 40 20 80     veth9\n";

    public SystemConfigurationNetworkTests()
    {
        Machine.Write(ResolvConfPath, "nameserver 192.0.2.1\n");
        Machine.Write(LinuxNetwork.IPv6Path, Loopback);
        Machine.Write(LinuxNetwork.IPv4Path, IPv4("192.0.2.2"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(Loopback, false)]
    [InlineData(Loopback + Global, true)]
    [InlineData("gar\0bage", true)]
    public void HasRoutableIPv6_AtTheStart_IsWhatTheAddressesSay(string text, bool expected)
    {
        Machine.Write(LinuxNetwork.IPv6Path, text);

        Start().Current.HasRoutableIPv6.Should().Be(expected);
    }

    [Fact]
    public void HasRoutableIPv6_Unreadable_CountsAsHas()
    {
        Machine.MakeUnreadable(LinuxNetwork.IPv6Path);

        Start().Current.HasRoutableIPv6.Should().BeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void HasRoutableIPv6_NoSuchFile_IsWhatTheSystemCanDo(bool canDoIPv6)
    {
        Machine.Delete(LinuxNetwork.IPv6Path);
        Machine.CanDoIPv6 = canDoIPv6;

        Start().Current.HasRoutableIPv6.Should().Be(canDoIPv6);
    }

    [Fact]
    public void Check_GlobalIPv6AddressAppears_IsANewGeneration()
    {
        SystemConfiguration configuration = Start();
        Machine.Write(LinuxNetwork.IPv6Path, Loopback + Global);

        NextCheck();

        configuration.Current.HasRoutableIPv6.Should().BeTrue();
        Reports.Should().Equal((configuration.Current, SystemChanges.LocalAddresses));
    }

    [Fact]
    public void Check_IPv4AddressChanges_IsANewGeneration()
    {
        SystemConfiguration configuration = Start();
        Machine.Write(LinuxNetwork.IPv4Path, IPv4("198.51.100.2"));

        NextCheck();

        configuration.Current.LocalAddresses.Should().Equal(IPAddress.Parse("198.51.100.2"));
        Reports.Should().ContainSingle().Which.Changes.Should().Be(SystemChanges.LocalAddresses);
    }

    [Theory]
    [InlineData(Loopback + LinkLocal, "another container's link has come up")]
    [InlineData(Loopback + "\n", "nothing has")]
    public void Check_AddressesThatMeanNoOtherNetwork_ChangeNothing(string text, string because)
    {
        Start();
        Machine.Write(LinuxNetwork.IPv6Path, text);

        NextCheck();

        Reports.Should().BeEmpty(because);
    }

    [Fact]
    public void Check_TemporaryAddressReplaced_ChangesNothing()
    {
        Machine.Write(LinuxNetwork.IPv6Path, Loopback + Global);
        Start();
        Machine.Write(LinuxNetwork.IPv6Path, Loopback + Global + Temporary);

        NextCheck();

        Reports.Should().BeEmpty("temporary addresses come and go every day (RFC 8981)");
    }

    [Fact]
    public void Check_AddressesUnreadableForAWhile_StayAsTheyWere()
    {
        Machine.Write(LinuxNetwork.IPv6Path, Loopback + Global);
        SystemConfiguration configuration = Start();
        SystemSnapshot first = configuration.Current;
        Machine.MakeUnreadable(LinuxNetwork.IPv6Path);
        Machine.MakeUnreadable(LinuxNetwork.IPv4Path);

        NextCheck();

        configuration.Current.Should().BeSameAs(first);
    }

    [Fact]
    public void Check_LocalAddressesChanged_ReadsResolvConfAgain()
    {
        Start();
        Machine.Write(LinuxNetwork.IPv4Path, IPv4("198.51.100.2"));

        NextCheck();

        Machine.Reads(ResolvConfPath).Should().Be(2, "a zone's name may now be another interface");
    }

    private static string IPv4(string address) => $"Local:\n  |-- {address}\n     /32 host LOCAL\n";
}

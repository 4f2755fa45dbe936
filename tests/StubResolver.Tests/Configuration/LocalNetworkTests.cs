using System.Net;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class LocalNetworkTests
{
    private const string Loopback = "00000000000000000000000000000001 01 80 10 80       lo\n";
    private const string LinkLocal = "fe8000000000000000fc00fffe000001 04 40 20 80     eth0\n";
    private const string Global = "20010db8000000000000000000000002 04 40 00 80     eth0\n";
    private const string Temporary = "20010db80000000000000000000000a5 04 40 00 01     eth0\n";
    private const string Duplicate = "20010db8000000000000000000000003 04 40 00 08     eth0\n";
    private const string Tentative = "20010db8000000000000000000000004 04 40 00 40     eth0\n";
    private const string UniqueLocal = "fd000000000000000000000000000002 04 40 00 82     eth0\n";

    private const string FibTrie = """
        Main:
          +-- 0.0.0.0/0 3 0 5
             |-- 0.0.0.0
                /0 universe UNICAST
             +-- 192.0.2.0/24 2 0 2
                |-- 192.0.2.0
                   /24 link UNICAST
        Local:
          +-- 0.0.0.0/0 3 0 5
             +-- 127.0.0.0/8 2 0 2
                |-- 127.0.0.0
                   /8 host LOCAL
                |-- 127.0.0.1
                   /32 host LOCAL
                |-- 127.255.255.255
                   /32 link BROADCAST
             |-- 169.254.20.10
                /32 host LOCAL
             +-- 192.0.2.0/24 2 0 2
                |-- 192.0.2.2
                   /32 host LOCAL
                |-- 192.0.2.255
                   /32 link BROADCAST
             |-- 198.51.100.7
                /32 host LOCAL

        """;

    [Theory]
    [InlineData("", false, "there is no IPv6 address at all")]
    [InlineData(Loopback, false, "loopback does not leave the host")]
    [InlineData(Loopback + LinkLocal, false, "link-local does not leave the link")]
    [InlineData(Loopback + LinkLocal + Global, true, "there is a global address")]
    [InlineData(UniqueLocal, true, "a unique local address leaves the host")]
    [InlineData(Temporary, true, "a temporary address works like any other")]
    [InlineData(Tentative, true, "a moment after the start it will work")]
    [InlineData(Duplicate, false, "a duplicate address is never used")]
    [InlineData("garbage", true, "nobody can read that")]
    [InlineData("20010db8 04 40 00 80 eth0\n", true, "nobody can read that")]
    [InlineData("garbage\n" + Loopback, false, "what can be read is loopback")]
    [InlineData(null, true, "nobody knows")]
    public void Parse_IfInet6_TellsWhetherAnAddressLeavesTheHost(string? ifInet6, bool expected, string because) =>
        LinuxNetwork.Parse(ifInet6, fibTrie: null).HasRoutableIPv6.Should().Be(expected, because);

    [Fact]
    public void Parse_BothTexts_FindsTheAddressesWhoseChangeMeansAnotherNetwork()
    {
        LocalNetwork network = LinuxNetwork.Parse(Loopback + LinkLocal + Global + Temporary + Duplicate + UniqueLocal, FibTrie);

        network.Addresses.Should().BeEquivalentTo(
            [
                IPAddress.Parse("2001:db8::2"),
                IPAddress.Parse("fd00::2"),
                IPAddress.Parse("192.0.2.2"),
                IPAddress.Parse("198.51.100.7"),
            ]);
    }

    [Theory]
    [InlineData("/32 host LOCAL")]
    [InlineData("|-- \n/32 host LOCAL")]
    [InlineData("|-- 192.0.2.300\n /32 host LOCAL")]
    [InlineData("|-- 192.0.2.2\n /32 link BROADCAST")]
    public void Parse_FibTrieThatMeansNothing_IsSkipped(string fibTrie) =>
        LinuxNetwork.Parse(ifInet6: "", fibTrie).Addresses.Should().BeEmpty();

    [Fact]
    public void FromAdapters_AdaptersThatAreUp_GiveTheirRoutableAddresses()
    {
        NetworkAdapter[] adapters =
        [
            new() { IsUp = true, Addresses = [IPAddress.Parse("192.0.2.2"), IPAddress.Parse("fe80::1%3"), IPAddress.Parse("169.254.1.1")] },
            new() { IsUp = true, IsLoopback = true, Addresses = [IPAddress.Loopback, IPAddress.IPv6Loopback] },
            new() { IsUp = false, Addresses = [IPAddress.Parse("2001:db8::2")] },
        ];

        LocalNetwork network = LocalNetwork.FromAdapters(adapters);

        network.HasRoutableIPv6.Should().BeFalse("the interface with the global address is down");
        network.Addresses.Should().Equal(IPAddress.Parse("192.0.2.2"));
    }

    [Fact]
    public void FromAdapters_GlobalIPv6Address_LeavesTheHost() =>
        LocalNetwork.FromAdapters([new() { IsUp = true, Addresses = [IPAddress.Parse("2001:db8::2")] }]).HasRoutableIPv6.Should().BeTrue();
}

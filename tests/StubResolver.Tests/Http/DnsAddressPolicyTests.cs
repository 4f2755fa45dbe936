using System.Net;

namespace StubResolver.Tests.Http;

public class DnsAddressPolicyTests
{
    [Theory]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.1.2.3", "this network")]
    [InlineData("10.0.0.0", "private")]
    [InlineData("10.255.255.255", "private")]
    [InlineData("100.64.0.0", "shared")]
    [InlineData("100.127.255.255", "shared")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.255.255", "loopback")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("172.16.0.0", "private")]
    [InlineData("172.31.255.255", "private")]
    [InlineData("192.0.0.1", "protocol assignments")]
    [InlineData("192.0.2.1", "documentation")]
    [InlineData("192.88.99.1", "6to4 relays")]
    [InlineData("192.168.0.1", "private")]
    [InlineData("192.168.255.255", "private")]
    [InlineData("198.18.0.1", "benchmarking")]
    [InlineData("198.19.255.255", "benchmarking")]
    [InlineData("198.51.100.1", "documentation")]
    [InlineData("203.0.113.1", "documentation")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.255", "multicast")]
    [InlineData("240.0.0.1", "reserved")]
    [InlineData("255.255.255.254", "reserved")]
    [InlineData("255.255.255.255", "broadcast")]
    public void PublicOnly_SpecialIPv4_IsRefusedForAReason(string address, string reason) => ShouldBeRefused(address, reason);

    [Theory]
    [InlineData("::", "unspecified")]
    [InlineData("::1", "loopback")]
    [InlineData("::127.0.0.1", "IPv4-compatible")]
    [InlineData("::8.8.8.8", "IPv4-compatible")]
    [InlineData("::ffff:0:8.8.8.8", "reserved")]
    [InlineData("64:ff9b:1::1", "NAT64 of local use")]
    [InlineData("64:ff9b:1:ffff:ffff:ffff:808:808", "NAT64 of local use")]
    [InlineData("100::1", "discard")]
    [InlineData("100:0:0:1::1", "dummy")]
    [InlineData("2001:1::1", "protocol assignments")]
    [InlineData("2001:1ff:ffff::1", "protocol assignments")]
    [InlineData("2001:2::1", "benchmarking")]
    [InlineData("2001:db8::1", "documentation")]
    [InlineData("2001:db8:ffff:ffff::1", "documentation")]
    [InlineData("3fff::1", "documentation")]
    [InlineData("3fff:fff::1", "documentation")]
    [InlineData("5f00::1", "segment routing")]
    [InlineData("fc00::1", "unique local")]
    [InlineData("fd00:ec2::254", "unique local")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%2", "link-local")]
    [InlineData("febf::1", "link-local")]
    [InlineData("fec0::1", "site-local")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("ff0e::1", "multicast")]
    [InlineData("200::1", "reserved")]
    [InlineData("1fff::1", "reserved")]
    [InlineData("4000::1", "reserved")]
    [InlineData("e000::1", "reserved")]
    public void PublicOnly_SpecialIPv6_IsRefusedForAReason(string address, string reason) => ShouldBeRefused(address, reason);

    [Theory]
    [InlineData("::ffff:127.0.0.1", "IPv4-mapped form of 127.0.0.1, loopback")]
    [InlineData("::ffff:10.0.0.1", "IPv4-mapped form of 10.0.0.1, private")]
    [InlineData("::ffff:169.254.169.254", "IPv4-mapped form of 169.254.169.254, link-local")]
    [InlineData("64:ff9b::10.0.0.1", "NAT64 form of 10.0.0.1, private")]
    [InlineData("64:ff9b::7f00:1", "NAT64 form of 127.0.0.1, loopback")]
    [InlineData("64:ff9b::100.64.0.1", "NAT64 form of 100.64.0.1, shared")]
    [InlineData("2002:a00:1::1", "6to4 form of 10.0.0.1, private")]
    [InlineData("2002:7f00:1::", "6to4 form of 127.0.0.1, loopback")]
    [InlineData("2002:a9fe:a9fe::1", "6to4 form of 169.254.169.254, link-local")]
    [InlineData("2001:0:a00:1:0:0:f7f7:f7f7", "Teredo form of 10.0.0.1, private")]      // the server's address
    [InlineData("2001:0:808:808:0:0:f5ff:fffe", "Teredo form of 10.0.0.1, private")]    // the client's address, inverted
    [InlineData("2001:0:808:808:0:0:80ff:fffe", "Teredo form of 127.0.0.1, loopback")]
    [InlineData("2001:470::5efe:127.0.0.1", "ISATAP form of 127.0.0.1, loopback")]
    [InlineData("2001:470::200:5efe:10.0.0.1", "ISATAP form of 10.0.0.1, private")]
    [InlineData("2002:808:808::5efe:169.254.169.254", "ISATAP form of 169.254.169.254, link-local")]
    public void PublicOnly_FormOfRefusedIPv4_IsRefusedForThatReason(string address, string reason) => ShouldBeRefused(address, reason);

    // The neighbours of what is refused, and the public forms.
    [Theory]
    [InlineData("1.0.0.0")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("126.255.255.255")]
    [InlineData("128.0.0.0")]
    [InlineData("169.253.255.255")]
    [InlineData("169.255.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.0.1.0")]
    [InlineData("192.0.3.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2000::1")]
    [InlineData("2001:200::1")]
    [InlineData("2001:db7::1")]
    [InlineData("2001:db9::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("3fff:1000::1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:808:808::1")]
    [InlineData("2001:470::5efe:8.8.8.8")]
    [InlineData("2001:470::200:5efe:808:808")]
    [InlineData("2001:470::100:5efe:127.0.0.1")]
    [InlineData("2001:470:0:5efe:0:1:7f00:1")]
    [InlineData("2001:0:808:808:0:0:f7f7:f7f7")]
    public void PublicOnly_PublicAddress_IsAllowed(string address) =>
        DnsAddressPolicy.PublicOnly(Target(address)).Should().BeTrue();

    [Fact]
    public void PublicOnly_InAPolicyOfOnesOwn_IsAFunction()
    {
        IPAddress own = IPAddress.Parse("10.0.0.1");
        DnsConnectorOptions options = new() { AddressPolicy = target => target.Address.Equals(own) || DnsAddressPolicy.PublicOnly(target) };

        options.AddressPolicy(Target("10.0.0.1")).Should().BeTrue();
        options.AddressPolicy(Target("10.0.0.2")).Should().BeFalse();
    }

    private static void ShouldBeRefused(string address, string reason)
    {
        DnsAddressPolicy.PublicOnly(Target(address)).Should().BeFalse();
        SpecialPurpose.Find(IPAddress.Parse(address)).Should().Contain(reason);
    }

    private static DnsConnectionTarget Target(string address) => new("host.test", IPAddress.Parse(address), 443);
}

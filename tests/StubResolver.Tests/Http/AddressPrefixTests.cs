using System.Net;

namespace StubResolver.Tests.Http;

public class AddressPrefixTests
{
    [Theory]
    [InlineData("0.0.0.0/0", "255.255.255.255", true)]
    [InlineData("10.0.0.0/8", "10.255.255.255", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("192.0.2.1/32", "192.0.2.1", true)]
    [InlineData("192.0.2.1/32", "192.0.2.0", false)]
    [InlineData("::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true)]
    [InlineData("2000::/3", "3fff:ffff::1", true)]
    [InlineData("2000::/3", "4000::", false)]
    [InlineData("2000::/3", "::ffff:10.0.0.1", false)]
    [InlineData("::ffff:0:0/96", "::ffff:10.0.0.1", true)]
    [InlineData("::1/128", "::1", true)]
    [InlineData("::1/128", "::", false)]
    public void Contains_AddressOfTheFamily_ComparesTheLeadingBits(string prefix, string address, bool expected) =>
        AddressPrefix.Parse(prefix).Contains(AddressPrefix.ToBits(IPAddress.Parse(address).GetAddressBytes())).Should().Be(expected);
}

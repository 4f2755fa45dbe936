using System.Net;

namespace StubResolver.Tests.Http;

public class AddressRankTests
{
    // Labels of RFC 6724 §2.1, scopes of §3.1 and §3.2.
    [Theory]
    [InlineData("::1", 0, 2)]
    [InlineData("2001:db8::1", 1, 14)]
    [InlineData("fe80::1", 1, 2)]
    [InlineData("fe80::1%2", 1, 2)]
    [InlineData("ff05::1", 1, 5)]
    [InlineData("2002:c000:201::1", 2, 14)]
    [InlineData("::192.0.2.1", 3, 14)]
    [InlineData("::", 3, 14)]
    [InlineData("192.0.2.1", 4, 14)]
    [InlineData("10.0.0.1", 4, 14)]
    [InlineData("127.0.0.1", 4, 2)]
    [InlineData("169.254.1.1", 4, 2)]
    [InlineData("2001::1", 5, 14)]
    [InlineData("fec0::1", 11, 5)]
    [InlineData("3ffe::1", 12, 14)]
    [InlineData("fd00::1", 13, 14)]
    [InlineData("64:ff9b::c000:201", 1, 14)]
    public void Of_Address_HasLabelAndScope(string address, byte label, byte scope) =>
        AddressRank.Of(IPAddress.Parse(address)).Should().Be(new AddressRank(label, scope));
}

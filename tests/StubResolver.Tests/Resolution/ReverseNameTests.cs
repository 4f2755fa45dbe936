using System.Net;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class ReverseNameTests
{
    private const string IPv6Name = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";

    [Theory]
    [InlineData("192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("::ffff:192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::1", IPv6Name)]
    [InlineData("fe80::1%7", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.e.f.ip6.arpa")]
    [InlineData("2001:db8::abcd", "d.c.b.a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public void From_Address_IsItsName(string address, string expected) => ReverseName.From(IPAddress.Parse(address)).Should().Be(expected);

    [Theory]
    [InlineData("1.2.0.192.in-addr.arpa", "192.0.2.1")]
    [InlineData("1.2.0.192.IN-ADDR.ARPA.", "192.0.2.1")]
    [InlineData(IPv6Name, "2001:db8::1")]
    [InlineData("D.C.B.A.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2.ip6.arpa.", "2001:db8::abcd")]
    public void TryParse_NameOfAnAddress_ReturnsIt(string name, string expected)
    {
        bool isReverse = ReverseName.TryParse(name, out IPAddress? address);

        isReverse.Should().BeTrue();
        address.Should().Be(IPAddress.Parse(expected));
    }

    [Theory]
    [InlineData("2.0.192.in-addr.arpa")]
    [InlineData("1.1.2.0.192.in-addr.arpa")]
    [InlineData("256.2.0.192.in-addr.arpa")]
    [InlineData("01.2.0.192.in-addr.arpa")]
    [InlineData("in-addr.arpa")]
    [InlineData("0.2.ip6.arpa")]
    [InlineData("g.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    [InlineData("1a0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    [InlineData("host.test")]
    [InlineData("")]
    [InlineData(".")]
    public void TryParse_AnythingElse_IsNone(string name) => ReverseName.TryParse(name, out _).Should().BeFalse();
}

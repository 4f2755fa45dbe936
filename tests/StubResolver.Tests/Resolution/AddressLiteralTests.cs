using System.Net;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class AddressLiteralTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("::1", "::1")]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("fe80::1%3", "fe80::1%3")]
    [InlineData("[fe80::1%3]", "fe80::1%3")]
    public void TryParse_Literal_IsAnAddress(string host, string expected)
    {
        bool isAddress = AddressLiteral.TryParse(host, out IPAddress? address);

        isAddress.Should().BeTrue();
        address.Should().Be(IPAddress.Parse(expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("host.test")]
    [InlineData("1.test")]
    [InlineData("192.0.2.1.")]
    [InlineData("192.0.2.1.5")]
    [InlineData("[2001:db8::1]:53")]
    [InlineData("[2001:db8::1")]
    [InlineData("2001:db8::1]")]
    [InlineData("[192.0.2.1]")]
    [InlineData("a:b")]
    public void TryParse_NoLiteral_IsAName(string host) => AddressLiteral.TryParse(host, out _).Should().BeFalse();
}

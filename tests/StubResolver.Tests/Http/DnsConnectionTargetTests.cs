using System.Net;

namespace StubResolver.Tests.Http;

public class DnsConnectionTargetTests
{
    [Theory]
    [InlineData("192.0.2.1", "host.test (192.0.2.1:443)")]
    [InlineData("2001:db8::1", "host.test ([2001:db8::1]:443)")]
    public void ToString_Target_NamesHostAddressAndPort(string address, string expected) =>
        new DnsConnectionTarget("host.test", IPAddress.Parse(address), 443).ToString().Should().Be(expected);

    [Theory]
    [InlineData("", 443)]
    [InlineData("host.test", -1)]
    [InlineData("host.test", 65536)]
    public void Constructor_BadArgument_Throws(string host, int port)
    {
        Action act = () => _ = new DnsConnectionTarget(host, IPAddress.Loopback, port);

        act.Should().Throw<ArgumentException>();
    }
}

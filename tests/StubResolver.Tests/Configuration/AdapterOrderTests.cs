using System.Net;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class AdapterOrderTests
{
    private static readonly NetworkAdapter s_adapter = new() { IsUp = true, Servers = [IPAddress.Parse("192.0.2.1")], Suffix = "a.test" };

    [Fact]
    public void ToResolvConf_AdaptersWithGateway_ComeFirstInTheSystemsOrder()
    {
        NetworkAdapter[] adapters =
        [
            Adapter("192.0.2.1", "one.test"),
            Adapter("192.0.2.2", "two.test") with { HasGateway = true },
            Adapter("192.0.2.3", "three.test"),
            Adapter("192.0.2.4", "four.test") with { HasGateway = true },
        ];

        ResolvConf resolvConf = AdapterOrder.ToResolvConf(adapters, hostDomain: "");

        Servers(resolvConf).Should().Equal("192.0.2.2:53", "192.0.2.4:53", "192.0.2.1:53", "192.0.2.3:53");
        resolvConf.SearchDomains.Should().Equal("two.test", "four.test", "one.test", "three.test");
    }

    [Theory]
    [InlineData(false, false, false, "down")]
    [InlineData(true, true, false, "loopback")]
    [InlineData(true, false, true, "a tunnel")]
    public void ToResolvConf_AdapterThatLeadsNowhere_IsLeftOut(bool isUp, bool isLoopback, bool isTunnel, string because)
    {
        NetworkAdapter adapter = s_adapter with { IsUp = isUp, IsLoopback = isLoopback, IsTunnel = isTunnel, HasGateway = true };

        ResolvConf resolvConf = AdapterOrder.ToResolvConf([adapter], hostDomain: "");

        resolvConf.Servers.Should().BeEmpty("it is {0}", because);
        resolvConf.SearchDomains.Should().BeEmpty("it is {0}", because);
    }

    [Theory]
    [InlineData("fec0:0:0:ffff::1", null)]
    [InlineData("fec0:0:0:ffff::2", null)]
    [InlineData("fec0:0:0:ffff::3", null)]
    [InlineData("fec0:0:0:ffff::1%7", null)]
    [InlineData("fec0:0:0:ffff::4", null)]
    [InlineData("fec0:0:0:1::1", null)]
    [InlineData("2001:db8::1", "[2001:db8::1]:53")]
    [InlineData("fe80::1%7", "[fe80::1%7]:53")]
    [InlineData("ff02::fb", null)]
    public void ToResolvConf_Server_IsTakenUnlessNobodyCanAnswerThere(string address, string? expected) =>
        Servers(AdapterOrder.ToResolvConf([Adapter(address, "")], hostDomain: "")).Should().Equal(expected is null ? [] : [expected]);

    [Fact]
    public void ToResolvConf_SameServerAndSuffixOnTwoAdapters_AreTakenOnce()
    {
        ResolvConf resolvConf = AdapterOrder.ToResolvConf([s_adapter, s_adapter with { Suffix = "A.TEST." }], hostDomain: "");

        Servers(resolvConf).Should().Equal("192.0.2.1:53");
        resolvConf.SearchDomains.Should().Equal("a.test");
    }

    [Fact]
    public void ToResolvConf_HostDomain_IsTheFirstSuffix() =>
        AdapterOrder.ToResolvConf([s_adapter], hostDomain: "corp.test").SearchDomains.Should().Equal("corp.test", "a.test");

    [Fact]
    public void ToResolvConf_NoAdapters_SaysNothing()
    {
        ResolvConf resolvConf = AdapterOrder.ToResolvConf([], hostDomain: "");

        resolvConf.Servers.Should().BeEmpty();
        resolvConf.SearchDomains.Should().BeEmpty();
    }

    private static NetworkAdapter Adapter(string server, string suffix) => s_adapter with { Servers = [IPAddress.Parse(server)], Suffix = suffix };

    private static IEnumerable<string> Servers(ResolvConf resolvConf) => resolvConf.Servers.Select(server => server.ToString());
}

using System.Net;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class ResolvConfTests
{
    [Theory]
    [InlineData("nameserver 192.0.2.1", "192.0.2.1:53")]
    [InlineData("nameserver\t192.0.2.1\t", "192.0.2.1:53")]
    [InlineData("  nameserver  192.0.2.1  # the first", "192.0.2.1:53")]
    [InlineData("nameserver 192.0.2.1 192.0.2.2", "192.0.2.1:53")]
    [InlineData("nameserver 2001:db8::53", "[2001:db8::53]:53")]
    [InlineData("nameserver 2001:DB8::53", "[2001:db8::53]:53")]
    [InlineData("nameserver ::ffff:192.0.2.1", "192.0.2.1:53")]
    [InlineData("nameserver [192.0.2.1]:5353", null)]
    [InlineData("nameserver [2001:db8::53]:5353", "[2001:db8::53]:5353")]
    [InlineData("nameserver [2001:db8::53]", "[2001:db8::53]:53")]
    [InlineData("nameserver [2001:db8::53]:0", null)]
    [InlineData("nameserver [2001:db8::53]:65536", null)]
    [InlineData("nameserver 0.0.0.0", "127.0.0.1:53")]
    [InlineData("nameserver ::", "[::1]:53")]
    [InlineData("nameserver 192.0.2.1:53", null)]
    [InlineData("nameserver tcp://192.0.2.1", null)]
    [InlineData("nameserver 53", null)]
    [InlineData("nameserver 010.0.0.1", null)]
    [InlineData("nameserver 192.0.2", null)]
    [InlineData("nameserver 192.0.2.256", null)]
    [InlineData("nameserver 224.0.0.251", null)]
    [InlineData("nameserver 255.255.255.255", null)]
    [InlineData("nameserver ff02::fb", null)]
    [InlineData("nameserver dns.example", null)]
    [InlineData("nameserver", null)]
    [InlineData("nameserver # 192.0.2.1", null)]
    [InlineData("# nameserver 192.0.2.1", null)]
    [InlineData(";nameserver 192.0.2.1", null)]
    [InlineData("#nameserver 192.0.2.1", null)]
    [InlineData("NAMESERVER 192.0.2.1", null)]
    [InlineData("nameservers 192.0.2.1", null)]
    [InlineData("nameserver192.0.2.1", null)]
    [InlineData("", null)]
    public void Parse_OneServerLine_TakesAddressesOnly(string text, string? expected) =>
        ResolvConf.Parse(text).Servers.Select(server => server.ToString()).Should().Equal(expected is null ? [] : [expected]);

    [Theory]
    [InlineData("fe80::1%1", 1)]
    [InlineData("fe80::1%12", 12)]
    [InlineData("[fe80::1%12]:53", 12)]
    public void Parse_ServerWithZone_KeepsTheZone(string address, long scopeId)
    {
        DnsServer server = ResolvConf.Parse($"nameserver {address}").Servers.Should().ContainSingle().Subject;

        server.EndPoint.Address.ScopeId.Should().Be(scopeId);
    }

    [Fact]
    public void Parse_ServerWithZoneByName_IsAServer() =>
        ResolvConf.Parse("nameserver fe80::1%eth0").Servers.Should().ContainSingle().Which.EndPoint.Address.IsIPv6LinkLocal.Should().BeTrue();

    [Theory]
    [InlineData("nameserver 192.0.2.1\nnameserver 192.0.2.2\n")]
    [InlineData("nameserver 192.0.2.1\r\nnameserver 192.0.2.2\r\n")]
    [InlineData("nameserver 192.0.2.1\rnameserver 192.0.2.2")]
    [InlineData("\uFEFFnameserver 192.0.2.1\nnameserver 192.0.2.2")]
    [InlineData("nameserver 192.0.2.1\n\0\0\0\nnameserver 192.0.2.2")]
    [InlineData("nameserver 192.0.2.1\nnameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver ::ffff:192.0.2.1")]
    public void Parse_SeveralServers_KeepsOrderAndDropsDuplicates(string text)
    {
        ResolvConf resolvConf = ResolvConf.Parse(System.Text.Encoding.UTF8.GetBytes(text));

        resolvConf.Servers.Select(server => server.ToString()).Should().Equal("192.0.2.1:53", "192.0.2.2:53");
    }

    [Fact]
    public void Parse_MoreThanThreeServers_TakesAllUpTo32()
    {
        string text = string.Concat(Enumerable.Range(1, 40).Select(i => $"nameserver 192.0.2.{i}\n"));

        ResolvConf.Parse(text).Servers.Select(server => server.EndPoint.Address)
            .Should().Equal(Enumerable.Range(1, 32).Select(i => IPAddress.Parse($"192.0.2.{i}")));
    }

    [Theory]
    [InlineData("search a.test b.test", "a.test b.test")]
    [InlineData("search\ta.test\t b.test\t", "a.test b.test")]
    [InlineData("search a.test. b.test.", "a.test b.test")]
    [InlineData("search a.test A.TEST b.test a.test.", "a.test b.test")]
    [InlineData("search a.test # b.test", "a.test")]
    [InlineData("search a.test ;b.test", "a.test")]
    [InlineData("search .", ".")]
    [InlineData("search . a.test", ". a.test")]
    [InlineData("search a..test .b.test ok.test ..", "ok.test")]
    [InlineData("search _tcp.test xn--bcher-kva.test", "_tcp.test xn--bcher-kva.test")]
    [InlineData("search a.test\nsearch b.test", "b.test")]
    [InlineData("search a.test\nsearch", "a.test")]
    [InlineData("domain a.test b.test", "a.test")]
    [InlineData("domain a.test\nsearch b.test c.test", "b.test c.test")]
    [InlineData("search b.test c.test\ndomain a.test", "a.test")]
    [InlineData("search", null)]
    [InlineData("domain", null)]
    [InlineData("search # none", null)]
    [InlineData("nameserver 192.0.2.1", null)]
    public void Parse_SearchAndDomain_TheLastLineWins(string text, string? expected) =>
        Join(ResolvConf.Parse(text).SearchDomains).Should().Be(expected);

    [Fact]
    public void Parse_SuffixTooLongForAName_IsDropped()
    {
        string label = new('a', 64);
        string name = string.Join('.', Enumerable.Repeat(new string('a', 49), 6));

        ResolvConf.Parse($"search {label}.test {name} ok.test").SearchDomains.Should().Equal("ok.test");
    }

    [Fact]
    public void Parse_ManySuffixes_TakesTheFirst32()
    {
        string text = "search " + string.Join(' ', Enumerable.Range(1, 100).Select(i => $"s{i}.test"));

        ResolvConf.Parse(text).SearchDomains.Should().Equal(Enumerable.Range(1, 32).Select(i => $"s{i}.test"));
    }

    [Fact]
    public void Parse_SortListAndUnknownKeywords_MeanNothing()
    {
        ResolvConf resolvConf = ResolvConf.Parse("sortlist 192.0.2.0/255.255.255.0\nlookup file bind\nfamily inet4\nport 5353\nnameserver 192.0.2.1");

        resolvConf.Servers.Should().Equal(IPAddress.Parse("192.0.2.1"));
        resolvConf.Options.Should().Be(default(ResolvConfOptions));
        resolvConf.UnknownOptions.Should().BeEmpty("they are no options");
    }

    internal static string? Join(IReadOnlyList<string>? words) => words is null ? null : string.Join(' ', words);
}

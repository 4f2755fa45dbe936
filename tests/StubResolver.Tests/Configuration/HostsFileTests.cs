using System.Net;
using System.Text;
using StubResolver.Configuration;

namespace StubResolver.Tests.Configuration;

public class HostsFileTests
{
    [Theory]
    [InlineData("192.0.2.1 host.test")]
    [InlineData("192.0.2.1\thost.test")]
    [InlineData(" \t 192.0.2.1 \t host.test \t ")]
    [InlineData("192.0.2.1 other.test host.test more.test")]
    [InlineData("192.0.2.1 host.test # comment")]
    [InlineData("192.0.2.1 host.test# comment")]
    [InlineData("192.0.2.1 host.test\r\n")]
    [InlineData("192.0.2.1 host.test.")]
    [InlineData("192.0.2.1 HOST.Test")]
    [InlineData("192.0.2.1 host.test\n192.0.2.1 host.test HOST.TEST\n")]
    [InlineData("::ffff:192.0.2.1 host.test")]
    [InlineData("192.0.2.9 other.test\r192.0.2.1 host.test")]
    [InlineData("\uFEFF192.0.2.1 host.test")]
    [InlineData("garbage\n\0\0\n300.1.1.1 host.test\n010.0.0.1 host.test\nhost.test 192.0.2.7\n192.0.2.1 host.test")]
    public void Parse_OneAddress_IsFound(string text)
    {
        HostsFile hosts = HostsFile.Parse(Encoding.UTF8.GetBytes(text));

        hosts.TryGetAddresses("host.test", out IReadOnlyList<IPAddress>? addresses).Should().BeTrue();
        addresses.Should().Equal(IPAddress.Parse("192.0.2.1"));
    }

    [Theory]
    [InlineData("# 192.0.2.1 host.test")]
    [InlineData("192.0.2.1 # host.test")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.1 .")]
    [InlineData("192.0.2.1 sub.host.test")]
    [InlineData("192.0.2.1,host.test")]
    [InlineData("host.test 192.0.2.1")]
    [InlineData("tcp://192.0.2.1 host.test")]
    [InlineData("[2001:db8::1] host.test")]
    [InlineData("")]
    public void Parse_NoEntryForTheName_FindsNothing(string text) =>
        HostsFile.Parse(text).TryGetAddresses("host.test", out _).Should().BeFalse();

    [Fact]
    public void Parse_SeveralLinesForOneName_MergeInTheirOrder()
    {
        HostsFile hosts = HostsFile.Parse("192.0.2.2 host.test\n2001:db8::1 Host.test\n192.0.2.1 HOST.TEST other.test\n192.0.2.2 host.test");

        hosts.TryGetAddresses("hOSt.test", out IReadOnlyList<IPAddress>? addresses).Should().BeTrue();
        addresses.Should().Equal(IPAddress.Parse("192.0.2.2"), IPAddress.Parse("2001:db8::1"), IPAddress.Parse("192.0.2.1"));
        hosts.TryGetAddresses("other.test", out addresses).Should().BeTrue();
        addresses.Should().Equal([IPAddress.Parse("192.0.2.1")], "the other name's list is its own");
    }

    [Fact]
    public void TryGetNames_SeveralLinesForOneAddress_MergeInTheirOrder()
    {
        HostsFile hosts = HostsFile.Parse("192.0.2.1 b.test a.test\n192.0.2.2 c.test\n::ffff:192.0.2.1 A.test d.test");

        hosts.TryGetNames(IPAddress.Parse("192.0.2.1"), out IReadOnlyList<string>? names).Should().BeTrue();
        names.Should().Equal("b.test", "a.test", "d.test");
        hosts.TryGetNames(IPAddress.Parse("::ffff:192.0.2.1"), out names).Should().BeTrue("it is the same address");
        names.Should().HaveCount(3);
        hosts.TryGetNames(IPAddress.Parse("192.0.2.3"), out _).Should().BeFalse();
    }

    [Fact]
    public void TryGetNames_AddressWithZone_IsFoundWithThatZone()
    {
        HostsFile hosts = HostsFile.Parse("fe80::1%1 router.test");

        hosts.TryGetNames(IPAddress.Parse("fe80::1%1"), out IReadOnlyList<string>? names).Should().BeTrue();
        names.Should().Equal("router.test");
        hosts.TryGetNames(IPAddress.Parse("fe80::1%2"), out _).Should().BeFalse("another link's fe80::1 is another host");
    }

    [Fact]
    public void Parse_NameTooLongForDns_IsSkipped()
    {
        string name = string.Join('.', Enumerable.Repeat("label", 50));

        HostsFile.Parse($"192.0.2.1 {name} ok.test").Count.Should().Be(1);
    }

    [Fact]
    public void Parse_OneNameWithVeryManyAddresses_TakesThemAllInLinearTime()
    {
        const int Count = 200_000;
        StringBuilder text = new();
        for (int i = 0; i < Count; i++)
        {
            text.Append(null, $"2001:db8::{i >> 16:x}:{i & 0xFFFF:x} host.test\n");
        }

        text.Append(null, $"2001:db8::{Count - 1 >> 16:x}:{Count - 1 & 0xFFFF:x} host.test\n");

        HostsFile hosts = HostsFile.Parse(text.ToString());

        hosts.TryGetAddresses("host.test", out IReadOnlyList<IPAddress>? addresses).Should().BeTrue();
        addresses!.Count.Should().Be(Count, "searching the list for each line would take minutes, and the last line is a duplicate");
    }

    [Fact]
    public void Parse_BlockList_SharesItsAddress()
    {
        HostsFile hosts = HostsFile.Parse("0.0.0.0 a.test\n0.0.0.0 b.test\n");

        hosts.TryGetAddresses("a.test", out IReadOnlyList<IPAddress>? first);
        hosts.TryGetAddresses("b.test", out IReadOnlyList<IPAddress>? second);

        first.Should().BeSameAs(second);
    }

    [Fact]
    public void Empty_AnyName_FindsNothing()
    {
        HostsFile.Empty.TryGetAddresses("localhost", out _).Should().BeFalse();
        HostsFile.Empty.TryGetNames(IPAddress.Loopback, out _).Should().BeFalse();
    }
}

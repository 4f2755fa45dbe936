using System.Net;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class AddressSorterTests
{
    private const string None = "none";

    [Theory]
    [InlineData("2001:db8:1::1 198.51.100.121", "2001:db8:1::2 169.254.13.78", "2001:db8:1::1 198.51.100.121", "RFC 6724 §10.2: prefer matching scope")]
    [InlineData("2001:db8:1::1 198.51.100.121", "fe80::1 198.51.100.117", "198.51.100.121 2001:db8:1::1", "RFC 6724 §10.2: prefer matching scope")]
    [InlineData("2001:db8:1::1 10.1.2.3", "2001:db8:1::2 10.1.2.4", "2001:db8:1::1 10.1.2.3", "RFC 6724 §10.2: prefer higher precedence")]
    [InlineData("2001:db8:1::1 fe80::1", "2001:db8:1::2 fe80::2", "fe80::1 2001:db8:1::1", "RFC 6724 §10.2: prefer smaller scope")]
    [InlineData("2002:c633:6401::1 2001:db8:1::1", "2002:c633:6401::2 2002:c633:6401::2", "2002:c633:6401::1 2001:db8:1::1", "RFC 6724 §10.2: prefer matching label")]
    [InlineData("2002:c633:6401::1 2001:db8:1::1", "2002:c633:6401::2 2001:db8:1::2", "2001:db8:1::1 2002:c633:6401::1", "RFC 6724 §10.2: prefer higher precedence")]
    [InlineData("2001:db8:3ffe::1 2001:db8:1::1", "2001:db8:3f44::2 2001:db8:1::2", "2001:db8:3ffe::1 2001:db8:1::1", "rule 9 is left out: it defeats round robin")]
    [InlineData("2001:db8:1::1 198.51.100.121", "none 198.51.100.117", "198.51.100.121 2001:db8:1::1", "rule 1: avoid what has no route")]
    [InlineData("2001:db8:1::1 198.51.100.121", "none none", "2001:db8:1::1 198.51.100.121", "all without a route are equal")]
    [InlineData("198.51.100.121 fd00::1 2001:db8::1", "198.51.100.117 fd00::2 2001:db8::2", "2001:db8::1 198.51.100.121 fd00::1", "precedence 40, 35, 3 of the policy table (§2.1)")]
    [InlineData("198.51.100.2 198.51.100.1", "198.51.100.9 198.51.100.9", "198.51.100.2 198.51.100.1", "rule 10: leave the order unchanged")]
    [InlineData("198.51.100.1 127.0.0.1", "198.51.100.9 127.0.0.1", "127.0.0.1 198.51.100.1", "loopback counts as link-local (§3.2)")]
    [InlineData("127.0.0.1 ::1", "127.0.0.1 ::1", "::1 127.0.0.1", "precedence 50 of ::1")]
    [InlineData("2001:0:1::1 2002:1::1 2001:db8::1", "2001:0:1::2 2002:1::2 2001:db8::2", "2001:db8::1 2002:1::1 2001:0:1::1", "native, 6to4, Teredo (§10.6)")]
    public void Sort_DestinationsAndSources_FollowsTheRules(string destinations, string sources, string expected, string because)
    {
        string[] sourceList = sources.Split(' ');
        DnsAddressRecord[] records = [.. destinations.Split(' ').Select(Record)];
        Dictionary<IPAddress, IPAddress?> routes = records.Select(record => record.Address)
            .Zip(sourceList, (destination, source) => (destination, source))
            .ToDictionary(route => route.destination, route => route.source == None ? null : IPAddress.Parse(route.source));

        AddressSorter.Sort(records, destination => routes[destination]);

        string.Join(' ', records.Select(record => record.Address)).Should().Be(string.Join(' ', expected.Split(' ').Select(IPAddress.Parse)), because);
    }

    [Theory]
    [InlineData("192.0.2.1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("192.0.2.1 198.51.100.1 10.0.0.1", false)]
    [InlineData("192.0.2.1 169.254.0.1", true)]
    [InlineData("192.0.2.1 2001:db8::1", true)]
    [InlineData("2001:db8::1 2001:db8::2", true)]
    public void Sort_SourcesAreProbedOnlyWhereRulesCouldDiffer(string destinations, bool expected)
    {
        bool isProbed = false;
        DnsAddressRecord[] records = [.. destinations.Split(' ').Select(Record)];

        AddressSorter.Sort(records, destination =>
        {
            isProbed = true;
            return destination;
        });

        isProbed.Should().Be(expected);
    }

    [Fact]
    public void Sort_ManyEqualAddresses_KeepTheirOrder()
    {
        DnsAddressRecord[] records = [.. Enumerable.Range(1, 100).Select(i => Record($"2001:db8::{101 - i:x}"))];
        IPAddress[] before = [.. records.Select(record => record.Address)];

        AddressSorter.Sort(records, _ => IPAddress.Parse("2001:db8::ffff"));

        records.Select(record => record.Address).Should().Equal(before);
    }

    [Fact]
    public void Sort_MoreAddressesThanAreProbed_StillPutsTheFamilyWithoutARouteLast()
    {
        int probes = 0;
        DnsAddressRecord[] records =
            [.. Enumerable.Range(1, 100).Select(i => Record($"2001:db8::{i:x}")), .. Enumerable.Range(1, 100).Select(i => Record($"192.0.2.{i}"))];
        IPAddress[] expected = [.. records.Skip(100).Concat(records.Take(100)).Select(record => record.Address)];

        AddressSorter.Sort(records, destination =>
        {
            probes++;
            return destination.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? destination : null;
        });

        records.Select(record => record.Address).Should().Equal(expected);
        probes.Should().Be(2);
    }

    private static DnsAddressRecord Record(string address) => new("a.test", TimeSpan.FromSeconds(60), IPAddress.Parse(address));
}

using System.Net;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class WatchedAddressesTests
{
    private static readonly DnsServer s_server = new(new IPEndPoint(IPAddress.Loopback, 53));

    [Theory]
    [InlineData("192.0.2.1", "", false, "", "192.0.2.1")]
    [InlineData("192.0.2.1", "", true, "", null)]
    [InlineData("", "", false, "192.0.2.1", null)]
    [InlineData("192.0.2.1", "Aaaa", false, "", "192.0.2.1")]
    [InlineData("192.0.2.2", "Aaaa", false, "192.0.2.1 2001:db8::1", "192.0.2.2 2001:db8::1")]
    [InlineData("2001:db8::2", "A", false, "192.0.2.1 2001:db8::1", "2001:db8::2 192.0.2.1")]
    [InlineData("192.0.2.2", "unknown", false, "192.0.2.1 2001:db8::1", "192.0.2.2 2001:db8::1")]
    [InlineData("192.0.2.2 2001:db8::9", "Aaaa", true, "192.0.2.1 2001:db8::1", "192.0.2.2 2001:db8::1")]
    [InlineData("192.0.2.2 2001:db8::9", "Aaaa", true, "", "192.0.2.2")]
    [InlineData("2001:db8::9", "Aaaa", true, "192.0.2.1", null)]
    [InlineData("192.0.2.2 2001:db8::9", "unknown", true, "192.0.2.1", null)]
    public void Complete_Answer_HasTheFreshFamilyAndWhatTheOtherLastSaid(string addresses, string failed, bool isStale, string known, string? expected)
    {
        DnsAnswer<DnsAddressRecord> answer = new("host.test", ToRecords(addresses)) { IsStale = isStale, PartialFailure = ToFailure(failed) };

        DnsAnswer<DnsAddressRecord>? whole = WatchedAddresses.Complete(answer, ToRecords(known));

        (whole is null ? null : string.Join(' ', whole.Records.Select(record => record.Address))).Should().Be(expected);
        whole?.IsStale.Should().BeFalse();
        whole?.PartialFailure.Should().BeSameAs(answer.PartialFailure);
    }

    [Fact]
    public void Update_SameSetWholeAndPartial_IsToldOnce()
    {
        WatchedAddresses addresses = new();
        DnsAnswer<DnsAddressRecord> both = new("host.test", ToRecords("192.0.2.1 2001:db8::1"));
        DnsAnswer<DnsAddressRecord> partial = new("host.test", ToRecords("192.0.2.1")) { PartialFailure = ToFailure("Aaaa") };
        DnsAnswer<DnsAddressRecord> moved = new("host.test", ToRecords("192.0.2.2")) { PartialFailure = ToFailure("Aaaa") };

        addresses.Update(both).Should().BeSameAs(both);
        addresses.Update(partial).Should().BeNull("the family that failed keeps what it said");
        addresses.Update(moved)!.Records.Select(record => record.Address.ToString()).Should().Equal("192.0.2.2", "2001:db8::1");
        addresses.Update(both)!.Records.Should().Equal(both.Records);
    }

    private static DnsAddressRecord[] ToRecords(string addresses) =>
        [.. addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(address => new DnsAddressRecord("host.test", TimeSpan.Zero, IPAddress.Parse(address)))];

    private static DnsException? ToFailure(string failed) => failed.Length == 0 ? null : new DnsException(DnsError.ServerFailure, "host.test")
    {
        Attempts = Enum.TryParse(failed, out DnsRecordType type) ? [new DnsAttempt("host.test", type, s_server, DnsProtocol.Udp, TimeSpan.Zero)] : [],
    };
}

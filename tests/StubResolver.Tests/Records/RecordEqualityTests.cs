using System.Net;

namespace StubResolver.Tests.Records;

public class RecordEqualityTests
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    public static TheoryData<DnsRecord, DnsRecord> EqualPairs => new()
    {
        { new DnsAddressRecord("a.test", s_minute, IPAddress.Loopback), new DnsAddressRecord("A.Test", TimeSpan.Zero, IPAddress.Loopback) },
        { new DnsCNameRecord("a.test", s_minute, "b.test"), new DnsCNameRecord("a.test", s_minute, "B.test") },
        { new DnsDNameRecord("a.test", s_minute, "b.test"), new DnsDNameRecord("a.test", s_minute, "B.test") },
        { new DnsNsRecord("a.test", s_minute, "b.test"), new DnsNsRecord("a.test", s_minute, "B.test") },
        { new DnsPtrRecord("a.test", s_minute, "b.test"), new DnsPtrRecord("a.test", s_minute, "B.test") },
        { new DnsMxRecord("a.test", s_minute, 1, "b.test"), new DnsMxRecord("a.test", s_minute, 1, "B.test") },
        { new DnsSrvRecord("a.test", s_minute, 1, 2, 3, "b.test"), new DnsSrvRecord("a.test", s_minute, 1, 2, 3, "B.test") },
        { Soa("b.test", "c.test", 1), Soa("B.test", "C.test", 1) },
        { new DnsTxtRecord("a.test", s_minute, ["v"]), new DnsTxtRecord("A.test", TimeSpan.Zero, ["v"]) },
        { new DnsUnknownRecord("a.test", DnsRecordType.Caa, s_minute, new byte[] { 1 }), new DnsUnknownRecord("A.test", DnsRecordType.Caa, TimeSpan.Zero, new byte[] { 1 }) },
    };

    public static TheoryData<DnsRecord, DnsRecord> OtherPairs => new()
    {
        { new DnsAddressRecord("a.test", s_minute, IPAddress.Loopback), new DnsAddressRecord("b.test", s_minute, IPAddress.Loopback) },
        { new DnsAddressRecord("a.test", s_minute, IPAddress.Loopback), new DnsAddressRecord("a.test", s_minute, IPAddress.Any) },
        { new DnsNsRecord("a.test", s_minute, "b.test"), new DnsPtrRecord("a.test", s_minute, "b.test") },
        { new DnsMxRecord("a.test", s_minute, 1, "b.test"), new DnsMxRecord("a.test", s_minute, 2, "b.test") },
        { new DnsSrvRecord("a.test", s_minute, 1, 2, 3, "b.test"), new DnsSrvRecord("a.test", s_minute, 1, 2, 4, "b.test") },
        { Soa("b.test", "c.test", 1), Soa("b.test", "c.test", 2) },
        { new DnsPtrRecord("a.test", s_minute, "\u00E9.test"), new DnsPtrRecord("a.test", s_minute, "\u00C9.test") },
        { new DnsTxtRecord("a.test", s_minute, ["v"]), new DnsTxtRecord("a.test", s_minute, ["V"]) },
        { new DnsUnknownRecord("a.test", (DnsRecordType)999, s_minute, default), new DnsUnknownRecord("a.test", (DnsRecordType)998, s_minute, default) },
    };

    [Theory]
    [MemberData(nameof(EqualPairs))]
    public void Equals_OtherCaseOfNamesAndOtherTtl_IsTrue(DnsRecord left, DnsRecord right)
    {
        left.Equals(right).Should().BeTrue("RFC 4343, RFC 2136 §1.1.1");
        left.GetHashCode().Should().Be(right.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(OtherPairs))]
    public void Equals_OtherOwnerTypeOrData_IsFalse(DnsRecord left, DnsRecord right) => left.Equals(right).Should().BeFalse();

    private static DnsSoaRecord Soa(string primaryServer, string mailbox, uint serial) =>
        new("a.test", s_minute, primaryServer, mailbox, serial, s_minute, s_minute, s_minute, s_minute);
}

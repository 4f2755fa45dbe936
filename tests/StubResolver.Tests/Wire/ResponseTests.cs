using System.Net;
using StubResolver.Wire;
using static StubResolver.Tests.Wire.Messages;

namespace StubResolver.Tests.Wire;

public class ResponseTests
{
    private const string Name = "www.test";
    private static readonly TimeSpan s_ttl = TimeSpan.FromSeconds(300);

    public static TheoryData<string, DnsRecord> Records => new()
    {
        { A, new DnsAddressRecord(Name, s_ttl, IPAddress.Parse("192.0.2.1")) },
        { "C00C 001C 0001 0000012C 0010 20010DB8000000000000000000000001", new DnsAddressRecord(Name, s_ttl, IPAddress.Parse("2001:db8::1")) },
        { CName, new DnsCNameRecord(Name, s_ttl, "a.test") },
        { "C00C 0002 0001 0000012C 0002 C010", new DnsNsRecord(Name, s_ttl, "test") },
        { "C00C 000C 0001 0000012C 0001 00", new DnsPtrRecord(Name, s_ttl, ".") },
        { "C00C 0027 0001 0000012C 0004 0161 C010", new DnsDNameRecord(Name, s_ttl, "a.test") },
        { "C00C 000F 0001 0000012C 0006 FFFF 0161 C010", new DnsMxRecord(Name, s_ttl, 65535, "a.test") },
        { "C00C 0021 0001 0000012C 000A 0001 0002 01BB 0161 C010", new DnsSrvRecord(Name, s_ttl, 1, 2, 443, "a.test") },
        { "C00C 0021 0001 0000012C 000E 0001 0002 01BB 0161 04 74657374 00", new DnsSrvRecord(Name, s_ttl, 1, 2, 443, "a.test") },
        { "C00C 0010 0001 0000012C 0006 02 6162 00 01 63", new DnsTxtRecord(Name, s_ttl, ["ab", "", "c"]) },
        { "C00C 0010 0001 0000012C 0006 02 C3BC 02 FFFC", new DnsTxtRecord(Name, s_ttl, new byte[] { 2, 0xC3, 0xBC, 2, 0xFF, 0xFC }) },
        {
            "C00C 0006 0001 0000012C 001B 026E73 C010 C010 FFFFFFFF 00000002 00000003 00000004 FFFFFFFF",
            new DnsSoaRecord(
                Name,
                s_ttl,
                primaryServer: "ns.test",
                responsibleMailbox: "test",
                serial: uint.MaxValue,
                refresh: TimeSpan.FromSeconds(2),
                retry: TimeSpan.FromSeconds(3),
                expire: TimeSpan.FromSeconds(4),
                minimum: TimeSpan.FromSeconds(uint.MaxValue))
        },
        { "C00C 0101 0001 0000012C 0003 010203", new DnsUnknownRecord(Name, DnsRecordType.Caa, s_ttl, new byte[] { 1, 2, 3 }) },
        { "C00C FFFF 0001 FFFFFFFF 0000", new DnsUnknownRecord(Name, (DnsRecordType)65535, TimeSpan.FromSeconds(uint.MaxValue), default) },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public void TryParse_Record_BecomesItsClass(string recordHex, DnsRecord expected) =>
        Parse(Reply(answer: recordHex)).Answers.Should().ContainSingle().Which.Should().Be(expected);

    [Fact]
    public void TryParse_ValidMessages_AreRead()
    {
        Valid.Should().HaveCount(20);
        Valid.Should().AllSatisfy(message => Parse(message));
    }

    [Theory]
    [InlineData("8000", false, false, false, false)]
    [InlineData("8400", true, false, false, false)]
    [InlineData("8200", false, true, false, false)]
    [InlineData("8080", false, false, true, false)]
    [InlineData("8020", false, false, false, true)]
    public void TryParse_Flags_ArePassedOn(string flags, bool isAuthoritative, bool isTruncated, bool isRecursionAvailable, bool isAuthenticated)
    {
        Response response = Parse(Reply(flags: flags));

        response.IsAuthoritative.Should().Be(isAuthoritative);
        response.IsTruncated.Should().Be(isTruncated);
        response.IsRecursionAvailable.Should().Be(isRecursionAvailable);
        response.IsAuthenticated.Should().Be(isAuthenticated);
    }

    [Theory]
    [InlineData("8183", "", DnsResponseCode.NxDomain)]
    [InlineData("8180", Opt, DnsResponseCode.NoError)]
    [InlineData("8180", "00 0029 04D0 01000000 0000", DnsResponseCode.BadVers)]
    [InlineData("8187", "00 0029 04D0 01000000 0000", DnsResponseCode.BadCookie)]
    [InlineData("818F", "00 0029 04D0 FF000000 0000", (DnsResponseCode)4095)]
    public void TryParse_ResponseCode_CombinesHeaderAndOpt(string flags, string opt, DnsResponseCode expected) =>
        Parse(Reply(flags: flags, additional: opt)).ResponseCode.Should().Be(expected, "RFC 6891 §6.1.3");

    [Fact]
    public void TryParse_NoRecords_IsEmpty()
    {
        Response response = Parse(Reply());

        response.Answers.Should().BeEmpty();
        response.Zone.Should().BeNull();
        response.NegativeSeconds.Should().Be(0);
        (response.IsAuthorityWhole, response.IsWhole).Should().Be((true, true));
        response.Edns.Should().BeNull();
    }

    [Theory]
    [InlineData("00000258", "0000003C", 60L)]
    [InlineData("0000003C", "00000258", 60L)]
    [InlineData("00000000", "00000258", 0L)]
    [InlineData("FFFFFFFF", "FFFFFFFE", 4294967294L)]
    public void TryParse_SoaInAuthority_GivesZoneAndNegativeLife(string ttl, string minimum, long expectedSeconds)
    {
        string soa = $"C010 0006 0001 {ttl} 0018 C010 C010 00000001 00000002 00000003 00000004 {minimum}";

        Response response = Parse(Reply(authority: soa));

        response.Zone.Should().Be("test");
        response.NegativeSeconds.Should().Be((uint)expectedSeconds, "the lesser of both counts (RFC 2308 §5)");
    }

    [Fact]
    public void TryParse_SoaOfAnotherSectionOrClass_IsNoSoa()
    {
        Parse(Reply(answer: Soa)).Zone.Should().BeNull();
        Parse(Reply(additional: Soa)).Zone.Should().BeNull();
        Parse(Reply(authority: Soa.Replace("0006 0001", "0006 0003", StringComparison.Ordinal))).Zone.Should().BeNull();
    }

    [Fact]
    public void TryParse_RecordOfAnotherClass_IsDropped()
    {
        Response response = Parse(Reply(answer: "C00C 0001 0003 00000000 0002 0102" + A, answers: 2));

        response.Answers.Should().ContainSingle("an A record of class CH has another format (RFC 1035 §3.4.1)");
    }

    [Fact]
    public void TryParse_RecordsInOtherSections_AreNoAnswers() =>
        Parse(Reply(authority: A, additional: A)).Answers.Should().BeEmpty();

    [Fact]
    public void TryParse_UnrelatedAndRepeatedRecords_AreAllGivenInOrder()
    {
        Response response = Parse(Reply(answer: Ns + A + A, answers: 3));

        response.Answers.Select(record => record.Type).Should().Equal(DnsRecordType.Ns, DnsRecordType.A, DnsRecordType.A);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(500)]
    public void TryParse_ManyRecords_AreAllGivenInOrder(int count)
    {
        IEnumerable<string> records = Enumerable.Range(0, count).Select(i => $"C00C 0001 0001 {i:X8} 0004 C0000201");

        Response response = Parse(Reply(answer: string.Concat(records), answers: count));

        response.Answers.Select(record => (int)record.Ttl.TotalSeconds).Should().Equal(Enumerable.Range(0, count));
    }

    [Fact]
    public void TryParse_OctetsBehindTheLastRecord_AreIgnored() =>
        Parse(Reply(answer: A) + "FFFF FFFF").Answers.Should().ContainSingle();

    [Theory]
    [InlineData("8182")]
    [InlineData("8185")]
    public void TryParse_NoQuestion_IsRead(string flags) =>
        Parse($"1234 {flags} 0000 0000 0000 0000").ResponseCode.Should().NotBe(DnsResponseCode.NoError);

    [Fact]
    public void TryParse_UnknownData_IsAPrivateCopy()
    {
        byte[] message = Hex.Decode(Reply(answer: "C00C 0101 0001 0000012C 0003 010203"));
        Response.TryParse(message, Name, out Response? response).Should().BeTrue();

        Array.Clear(message);

        response!.Answers.Should().ContainSingle().Which.Should().BeOfType<DnsUnknownRecord>()
            .Which.Data.ToArray().Should().Equal(1, 2, 3);
    }

    [Theory]
    [InlineData(3, "C010", "0474657374 00")] // MD
    [InlineData(4, "C010", "0474657374 00")] // MF
    [InlineData(7, "0161 C010", "0161 0474657374 00")] // MB
    [InlineData(8, "C010", "0474657374 00")] // MG
    [InlineData(9, "C010", "0474657374 00")] // MR
    [InlineData(14, "C010 C00C", "0474657374 00 03777777 0474657374 00")] // MINFO
    [InlineData(17, "C010 0162 C010", "0474657374 00 0162 0474657374 00")] // RP
    [InlineData(18, "0001 C010", "0001 0474657374 00")] // AFSDB
    [InlineData(21, "000A C010", "000A 0474657374 00")] // RT
    [InlineData(24, "0001 05 02 0000003C 60000000 50000000 1234 C010 AABBCC", "0001 05 02 0000003C 60000000 50000000 1234 0474657374 00 AABBCC")] // SIG
    [InlineData(26, "000A C010 C010", "000A 0474657374 00 0474657374 00")] // PX
    [InlineData(30, "C010 6000", "0474657374 00 6000")] // NXT
    [InlineData(35, "0001 0002 01 75 00 02 2121 C010", "0001 0002 01 75 00 02 2121 0474657374 00")] // NAPTR
    [InlineData(36, "0001 C010", "0001 0474657374 00")] // KX
    [InlineData(65, "0001 C010", "0001 C010")] // HTTPS: its names are never compressed (RFC 9460 §2.2)
    public void TryParse_CompressedNamesInOtherTypes_ComeInFull(int type, string dataHex, string expectedHex)
    {
        byte[] data = Hex.Decode(dataHex);

        Response response = Parse(Reply(answer: $"C00C {type:X4} 0001 0000012C {data.Length:X4} {dataHex}"));

        response.Answers.Should().ContainSingle().Which.Should().BeOfType<DnsUnknownRecord>()
            .Which.Data.ToArray().Should().Equal(Hex.Decode(expectedHex), "a pointer means nothing outside its message (RFC 3597 §4)");
    }

    private static Response Parse(string hex)
    {
        Response.TryParse(Hex.Decode(hex), Name, out Response? response).Should().BeTrue();
        return response!;
    }
}

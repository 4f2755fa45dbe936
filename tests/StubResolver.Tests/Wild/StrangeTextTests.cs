using System.Text;

namespace StubResolver.Tests.Wild;

/// <summary>Octets in records that are no ASCII, and names where no name is expected: they come out as they went in.</summary>
public sealed class StrangeTextTests : WildTestBase
{
    [Fact]
    public async Task QueryAsync_TxtInTwoEncodings_AreTwoDifferentRecords()
    {
        // zone files written in Latin-1 and in UTF-8: the same letter, FC and C3 BC
        WildServer server = StartWild(query => new WildReply(query)
            .Answer(WildReply.AskedName, DnsRecordType.Txt, [1, 0xFC]).Answer(WildReply.AskedName, DnsRecordType.Txt, [2, 0xC3, 0xBC]));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test", DnsRecordType.Txt);

        answer.Records.Should().HaveCount(2);
        answer.Records[0].Should().NotBe(answer.Records[1]);
        answer.Records[0].ToString().Should().NotBe(answer.Records[1].ToString());
        server.Queries.Should().ContainSingle();
    }

    [Theory]
    [InlineData(new byte[] { 1, 0xFC }, @"""\252""")]
    [InlineData(new byte[] { 2, 0xC3, 0xBC }, @"""\195\188""")]
    [InlineData(new byte[] { 4, 0x1B, 0x5B, 0x32, 0x4A }, @"""\027[2J""")]
    [InlineData(new byte[] { 3, 0x00, 0x22, 0x5C }, @"""\000\""\\""")]
    [InlineData(new byte[] { 1, 0x7F, 0, 1, 0x41 }, @"""\127"" """" ""A""")]
    public async Task QueryAsync_OctetsThatDoNotPrint_AreEscapedInTheLineOfTheRecord(byte[] data, string line)
    {
        // binary keys, terminal sequences, and half characters: RFC 1035 §5.1
        WildServer server = StartWild(query => new WildReply(query).Answer(WildReply.AskedName, DnsRecordType.Txt, data));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test", DnsRecordType.Txt);

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith(line).And.MatchRegex("^[ -~\t]*$");
    }

    /// <summary>Types whose names may be compressed (RFC 3597 §4): what stands before the name, and behind it.</summary>
    [Theory]
    [InlineData(3, 0, 1, 0)] // MD
    [InlineData(4, 0, 1, 0)] // MF
    [InlineData(7, 0, 1, 0)] // MB
    [InlineData(8, 0, 1, 0)] // MG
    [InlineData(9, 0, 1, 0)] // MR
    [InlineData(14, 0, 2, 0)] // MINFO
    [InlineData(17, 0, 2, 0)] // RP
    [InlineData(18, 2, 1, 0)] // AFSDB
    [InlineData(21, 2, 1, 0)] // RT
    [InlineData(26, 2, 2, 0)] // PX
    [InlineData(24, 18, 1, 8)] // SIG
    [InlineData(30, 0, 1, 4)] // NXT
    public async Task QueryAsync_CompressedNameInAnOldType_IsWrittenOut(ushort type, int before, int names, int behind)
    {
        // servers older than RFC 3597, which compressed every name they knew
        byte[] compressed = [4, .. "host"u8, .. WildReply.AskedName];
        byte[] head = new byte[before];
        byte[] tail = new byte[behind];
        WildServer server = StartWild(query => new WildReply(query).Answer(
            WildReply.AskedName, (DnsRecordType)type, [.. head, .. Enumerable.Repeat(compressed, names).SelectMany(name => name), .. tail]));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test", (DnsRecordType)type);

        byte[] name = WildReply.Name("host.a.test");
        answer.Records.Should().ContainSingle().Which.Should().BeOfType<DnsUnknownRecord>().Which.Data.ToArray()
            .Should().Equal([.. head, .. Enumerable.Repeat(name, names).SelectMany(octets => octets), .. tail]);
    }

    [Fact]
    public async Task QueryAsync_CompressedReplacementOfNaptr_IsWrittenOut()
    {
        // the same in a type whose name stands behind character strings
        byte[] head = [0, 100, 0, 10, 1, .. "u"u8, 7, .. "E2U+sip"u8, 0];
        WildServer server = StartWild(query => new WildReply(query).Answer(WildReply.AskedName, DnsRecordType.Naptr, [.. head, .. WildReply.AskedName]));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test", DnsRecordType.Naptr);

        answer.Records.Should().ContainSingle().Which.ToString().Should().NotContain("C00C");
        if (answer.Records[0] is DnsUnknownRecord { Data: var data })
        {
            data.ToArray().Should().Equal([.. head, .. WildReply.Name("a.test")]);
        }
    }

    [Fact]
    public async Task QueryAsync_LabelWithDotsAndBlanks_IsEscaped()
    {
        // DNS-SD instances of Bonjour: "Office 2.1" is one label
        WildServer server = StartWild(query => new WildReply(query).Answer(
            WildReply.AskedName, DnsRecordType.Ptr, [10, .. "Office 2.1"u8, .. WildReply.AskedName]));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "_ipp._tcp.test", DnsRecordType.Ptr);

        answer.Records.Should().ContainSingle().Which.Should().BeOfType<DnsPtrRecord>().Which.Target
            .Should().BeOneOf(@"Office\0322\.1._ipp._tcp.test", @"Office 2\.1._ipp._tcp.test");
        Encoding.ASCII.GetByteCount(((DnsPtrRecord)answer.Records[0]).Target).Should().BeGreaterThan(20);
    }
}

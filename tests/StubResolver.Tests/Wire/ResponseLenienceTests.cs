using StubResolver.Wire;
using static StubResolver.Tests.Wire.Messages;

namespace StubResolver.Tests.Wire;

/// <summary>What is wrong with a reply beside the records that were asked for.</summary>
public class ResponseLenienceTests
{
    [Theory]
    [InlineData("C00C 0010 0001 0000012C 0002 05 61", "a TXT record whose string has no end")]
    [InlineData("C00C 000F 0001 0000012C 0002 000A", "an MX record without a name")]
    [InlineData("C00C 001C 0001 0000012C 0004 C0000201", "an IPv6 address of 4 octets")]
    [InlineData("C00C 0005 0003 0000012C 0003 C010 00", "a malformed CNAME of class CH")]
    [InlineData(Opt, "OPT in the answer section (RFC 6891 §6.1.1)")]
    public void TryParse_MalformedRecordThatNobodyAskedFor_IsLeftOut(string recordHex, string because)
    {
        Response before = Parse(Reply(answer: recordHex + A, answers: 2));
        Response behind = Parse(Reply(answer: A + recordHex, answers: 2));

        before.Answers.Should().ContainSingle(because).Which.Type.Should().Be(DnsRecordType.A);
        behind.Answers.Should().ContainSingle(because).Which.Type.Should().Be(DnsRecordType.A);
        before.Edns.Should().BeNull();
        before.IsWhole.Should().BeTrue();
    }

    [Theory]
    [InlineData("1234 8180 0001 0001 0001 0000" + Question + A, "the authority section is missing")]
    [InlineData("1234 8180 0001 0001 0001 0000" + Question + A + "C010 0002 0001 00", "an authority record is cut short")]
    [InlineData("1234 8180 0001 0001 FFFF 0000" + Question + A + Ns, "the header claims 65,535 authority records")]
    [InlineData("1234 8180 0001 0001 0001 0000" + Question + A + "C010 0006 0001 0000012C 0000", "an SOA record without anything")]
    [InlineData("1234 8180 0001 0001 0001 0000" + Question + A + "C0FF 0002 0001 0000012C 0002 C010", "an owner that points forwards")]
    public void TryParse_FaultInAuthority_GivesTheAnswersAndNoZone(string hex, string because)
    {
        Response response = Parse(hex);

        response.Answers.Should().ContainSingle(because);
        (response.IsAuthorityWhole, response.IsWhole, response.Zone).Should().Be((false, false, null), because);
    }

    [Theory]
    [InlineData("1234 8180 0001 0001 0000 0001" + Question + A, "ARCOUNT 1 without a record")]
    [InlineData("1234 8180 0001 0001 0000 0002" + Question + A + Opt, "ARCOUNT 2 with one record")]
    [InlineData("1234 8180 0001 0001 0000 0001" + Question + A + "C00C 0001 0001 0000012C 0004 C000", "a cut record")]
    [InlineData("1234 8180 0001 0001 0000 0001" + Question + A + "40 0001 0001 0000012C 0004 C0000201", "a reserved label type")]
    [InlineData("1234 8180 0001 0001 0000 0001" + Question + A + "C00C 0029 04D0 00000000 0000", "OPT whose owner is not the root")]
    [InlineData("1234 8180 0001 0001 0000 0002" + Question + A + Opt + Opt, "two OPT records")]
    [InlineData("1234 8180 0001 0001 0000 0001" + Question + A + "00 0029 04D0 00000000 0001 00", "an octet is no option")]
    public void TryParse_FaultInAdditional_GivesTheAnswers(string hex, string because)
    {
        Response response = Parse(hex);

        response.Answers.Should().ContainSingle(because);
        (response.IsAuthorityWhole, response.IsWhole).Should().Be((true, false), because);
    }

    [Theory]
    [InlineData("0001 00", "an octet is no option")]
    [InlineData("0003 000A00", "an option header cut short")]
    [InlineData("0004 FDE9 0001", "an unknown option longer than OPT")]
    [InlineData("0005 FDE9 FFFF 00", "an unknown option much longer than OPT")]
    public void TryParse_OptThatCannotBeRead_CountsAsNone(string rdataHex, string because)
    {
        Response response = Parse(Reply(flags: "8187", additional: "00 0029 04D0 01000000 " + rdataHex));

        response.Edns.Should().BeNull(because);
        response.ResponseCode.Should().Be((DnsResponseCode)7, "the upper bits of the code are in OPT");
    }

    [Theory]
    [InlineData("0004 000A 0000", "an empty cookie (RFC 7873 §4)")]
    [InlineData("000B 000A 0007 01020304050607", "a cookie of 7 octets")]
    [InlineData("0013 000A 000F 0102030405060708090A0B0C0D0E0F", "a server cookie of 7 octets")]
    [InlineData("002D 000A 0029 0102030405060708010203040506070801020304050607080102030405060708010203040506070801", "a cookie of 41 octets")]
    [InlineData("0005 000B 0001 64", "half a keepalive time")]
    [InlineData("0007 000B 0003 006400", "a keepalive time of 3 octets")]
    [InlineData("0004 000F 0000", "an extended error without a code")]
    [InlineData("0005 000F 0001 16", "an extended error with half a code")]
    public void TryParse_MalformedOption_CountsAsAbsent(string rdataHex, string because)
    {
        Response response = Parse(Reply(additional: "00 0029 04D0 00000000 " + rdataHex));

        response.IsWhole.Should().BeTrue(because);
        response.Edns.Should().NotBeNull();
        (response.Edns!.Cookie.Length, response.Edns.TcpKeepalive, response.Edns.ExtendedErrors.Count).Should().Be((0, null, 0), because);
    }

    [Fact]
    public void TryParse_EmptyTxt_IsOneEmptyString()
    {
        Response response = Parse(Reply(answer: "C00C 0010 0001 0000012C 0000"));

        DnsTxtRecord text = response.Answers.Should().ContainSingle().Which.Should().BeOfType<DnsTxtRecord>().Which;
        text.Values.Should().Equal([""], "RFC 6763 §6.1");
        text.ToString().Should().EndWith("TXT \"\"");
    }

    private static Response Parse(string hex)
    {
        Response.TryParse(Hex.Decode(hex), "www.test", out Response? response).Should().BeTrue();
        return response!;
    }
}

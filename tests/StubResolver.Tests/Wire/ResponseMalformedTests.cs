using StubResolver.Wire;
using static StubResolver.Tests.Wire.Messages;

namespace StubResolver.Tests.Wire;

public class ResponseMalformedTests
{
    private const string Header = "1234 8180 0001 0001 0000 0000";

    [Theory]
    [InlineData("", "there is no header")]
    [InlineData("1234 8180 0000 0000 0000 00", "the header is cut short")]
    [InlineData("1234 8180 0001 0000 0000 0000", "the question is missing (RFC 9267 §6)")]
    [InlineData("1234 8180 0001 0000 0000 0000 03 777777 04 74657374 00 0001 00", "the question is cut short")]
    [InlineData("1234 8180 0001 0000 0000 0000 C00C 0001 0001", "the name in the question points to itself")]
    [InlineData("1234 8180 0002 0000 0000 0000" + Question + Question, "a QUERY has one question at most (RFC 9619 §4)")]
    [InlineData("1234 8180 FFFF 0000 0000 0000" + Question, "the header claims questions that are not there")]
    [InlineData(Header + Question, "the header claims an answer that is not there (RFC 9267 §6)")]
    [InlineData("1234 8180 0001 FFFF 0000 0000" + Question + A, "the header claims 65,535 answers")]
    [InlineData(Header + Question + "C00C", "only the owner is there")]
    [InlineData(Header + Question + "C00C 0001 0001 0000012C 00", "the fixed fields are cut short")]
    [InlineData(Header + Question + "C00C 0001 0001 0000012C 0004 C00002", "RDLENGTH exceeds the message (RFC 9267 §5)")]
    [InlineData(Header + Question + "C00C FFFF 0001 0000012C FFFF 00", "RDLENGTH of an unknown type exceeds the message")]
    [InlineData(Header + Question + "C01A 0001 0001 0000012C 0004 C0000201", "the owner points to itself")]
    [InlineData(Header + Question + "C0FF 0001 0001 0000012C 0004 C0000201", "the owner points forwards")]
    [InlineData(Header + Question + "40 0001 0001 0000012C 0004 C0000201", "the owner has a reserved label type")]
    public void TryParse_MalformedFrame_ReturnsFalse(string hex, string because) => ShouldNotParse(hex, because);

    [Theory]
    [InlineData("C00C 0001 0001 0000012C 0000", "an A record without an address")]
    [InlineData("C00C 0001 0001 0000012C 0003 C00002", "an address of 3 octets")]
    [InlineData("C00C 0001 0001 0000012C 0005 C000020100", "an address of 5 octets")]
    [InlineData("C00C 001C 0001 0000012C 0004 C0000201", "an IPv6 address of 4 octets")]
    [InlineData("C00C 001C 0001 0000012C 0011 0000000000000000000000000000000000", "an IPv6 address of 17 octets")]
    [InlineData("C00C 0005 0001 0000012C 0000", "a CNAME without a name")]
    [InlineData("C00C 0005 0001 0000012C 0003 0161 C010", "RDATA shorter than the name in it")]
    [InlineData("C00C 0005 0001 0000012C 0005 0161 C010 00", "an octet behind the name")]
    [InlineData("C00C 0005 0001 0000012C 0002 C026", "a target that points to itself")]
    [InlineData("C00C 0005 0001 0000012C 0002 C0FF", "a target that points past the end")]
    [InlineData("C00C 0005 0001 0000012C 0002 8000", "a target with a reserved label type")]
    [InlineData("C00C 0002 0001 0000012C 0003 C010 00", "an octet behind the name of an NS record")]
    [InlineData("C00C 000C 0001 0000012C 0001 01", "a PTR record that ends inside a label")]
    [InlineData("C00C 0027 0001 0000012C 0000", "a DNAME without a name")]
    [InlineData("C00C 000F 0001 0000012C 0002 000A", "an MX record without a name")]
    [InlineData("C00C 000F 0001 0000012C 0001 00", "an MX record with half a preference")]
    [InlineData("C00C 000F 0001 0000012C 0005 000A C010 00", "an octet behind the name of an MX record")]
    [InlineData("C00C 0021 0001 0000012C 0006 0001 0002 01BB", "an SRV record without a name")]
    [InlineData("C00C 0021 0001 0000012C 0007 0001 0002 01BB 01", "an SRV record that ends inside a label")]
    [InlineData("C00C 0010 0001 0000012C 0002 02 61", "a string longer than its record")]
    [InlineData("C00C 0010 0001 0000012C 0003 01 61 01", "a second string longer than its record")]
    [InlineData("C00C 0006 0001 0000012C 0000", "an SOA record without anything")]
    [InlineData("C00C 0006 0001 0000012C 0016 C010 00000001 00000002 00000003 00000004 0000003C", "an SOA record with one name")]
    [InlineData("C00C 0006 0001 0000012C 0014 C010 C010 00000001 00000002 00000003 00000004", "an SOA record with four numbers")]
    [InlineData("C00C 0006 0001 0000012C 0019 C010 C010 00000001 00000002 00000003 00000004 0000003C 00", "an octet behind an SOA record")]
    [InlineData("C00C 0011 0001 0000012C 0002 C010", "an RP record with one name")]
    [InlineData("C00C 0011 0001 0000012C 0005 C010 C010 00", "an octet behind an RP record")]
    [InlineData("C00C 0012 0001 0000012C 0002 0001", "an AFSDB record without a name")]
    [InlineData("C00C 0023 0001 0000012C 0006 0001 0002 01 61", "a NAPTR record with one string")]
    [InlineData("C00C 0023 0001 0000012C 0008 0001 0002 00 00 7F 61", "a NAPTR record whose last string has no end")]
    public void TryParse_MalformedRdataOfTheAskedType_ReturnsFalse(string recordHex, string because)
    {
        ShouldNotParse(Asked(recordHex, Reply(answer: recordHex)), because);
        ShouldNotParse(Asked(recordHex, Reply(flags: "8380", answer: recordHex + A, answers: 2)), because + ", all there in spite of TC");
    }

    [Theory]
    [InlineData("C00C 0005 0001 0000012C 0003 C010 00", "an octet behind an alias")]
    [InlineData("C00C 0027 0001 0000012C 0000", "a DNAME without a name")]
    public void TryParse_MalformedAlias_ReturnsFalse(string recordHex, string because) =>
        ShouldNotParse(Reply(answer: recordHex + A, answers: 2), because + ": nobody knows where it leads");

    // The question of a reply, with the type of its answer.
    private static string Asked(string recordHex, string replyHex) =>
        replyHex.Replace(Question, Question.Replace("0001 0001", recordHex[5..9] + " 0001", StringComparison.Ordinal), StringComparison.Ordinal);

    private static void ShouldNotParse(string hex, string because)
    {
        Response.TryParse(Hex.Decode(hex), "www.test", out Response? response).Should().BeFalse(because);
        response.Should().BeNull(because);
    }
}

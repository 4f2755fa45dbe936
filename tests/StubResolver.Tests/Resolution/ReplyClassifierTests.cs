using StubResolver.Resolution;
using StubResolver.Tests.Wire;
using StubResolver.Wire;

namespace StubResolver.Tests.Resolution;

public sealed class ReplyClassifierTests
{
    private const string Aaaa = "C00C 001C 0001 0000012C 0010 20010DB8000000000000000000000001";
    private const string Unrelated = "04 6F746865 00 0001 0001 0000012C 0004 C0000201"; // othe. A

    [Theory]
    [InlineData("8180", Messages.A, "", "", "Accept", "an answer")]
    [InlineData("8180", Messages.CName, "", "", "Accept", "an alias to ask on for")]
    [InlineData("8180", "", Messages.Soa, "", "Accept", "NODATA")]
    [InlineData("8180", "", "", "", "Accept", "NODATA without SOA of a server that offers recursion")]
    [InlineData("8500", "", "", "", "Accept", "NODATA without SOA of an authority")]
    [InlineData("8100", "", Messages.Soa, "", "Accept", "an SOA is more than a lame server has")]
    [InlineData("8100", "", "", Messages.Opt, "Accept", "who knows EDNS is not lame")]
    [InlineData("8100", "", "", "", "Lame", "AA=0, RA=0, nothing")]
    [InlineData("8100", "", Messages.Ns, "", "Lame", "a referral")]
    [InlineData("8180", Unrelated, "", "", "Malformed", "only unrelated records")]
    [InlineData("8180", Unrelated, Messages.Soa, "", "Accept", "an SOA record says NODATA, whatever is beside it")]
    [InlineData("8180", Messages.Soa, "", "", "Accept", "NODATA with its SOA record in the answer section")]
    [InlineData("8180", Aaaa, "", "", "Accept", "the name has another type: NODATA")]
    [InlineData("8380", "", "", "", "Malformed", "TC and nothing whole: nobody knows what was cut")]
    [InlineData("8380", Messages.A, "", "", "Accept", "TC: the whole records are the answer")]
    [InlineData("8183", Messages.Soa, "", "", "Accept", "NXDOMAIN with its SOA record in the answer section")]
    [InlineData("8183", Unrelated, "", "", "Accept", "NXDOMAIN, and the address of another name")]
    [InlineData("8183", Unrelated, Messages.Soa, "", "Accept", "NXDOMAIN, and the address of another name")]
    [InlineData("8183", "", Messages.Soa, "", "Accept", "NXDOMAIN")]
    [InlineData("8183", "", "", "", "Accept", "NXDOMAIN without SOA")]
    [InlineData("8183", Messages.CName, Messages.Soa, "", "Accept", "the target of an alias does not exist")]
    [InlineData("8183", Messages.A, "", "", "Malformed", "NXDOMAIN with records of the asked type")]
    [InlineData("8182", "", "", "", "NextServer", "SERVFAIL")]
    [InlineData("818B", "", "", "", "NextServer", "an unknown code")]
    [InlineData("8186", "", "", "", "NextServer", "YXDOMAIN")]
    [InlineData("8185", "", "", "", "ServerIsDone", "REFUSED")]
    [InlineData("8182", "", "", "00 0029 04D0 00000000 0006 000F 0002 0006", "ServerIsDone", "DNSSEC bogus (RFC 8914 §4.7)")]
    [InlineData("8182", "", "", "00 0029 04D0 00000000 0006 000F 0002 000F", "ServerIsDone", "blocked (RFC 8914 §4.16)")]
    [InlineData("8182", "", "", "00 0029 04D0 00000000 0006 000F 0002 0011", "ServerIsDone", "filtered (RFC 8914 §4.18)")]
    [InlineData("8182", "", "", "00 0029 04D0 00000000 0006 000F 0002 0016", "NextServer", "no reachable authority passes (RFC 8914 §4.23)")]
    [InlineData("8182", "", "", "00 0029 04D0 00000000 0006 000F 0002 0003", "NextServer", "a stale answer passes (RFC 8914 §4.4)")]
    [InlineData("8181", "", "", "", "RetryWithoutEdns", "FORMERR without OPT")]
    [InlineData("8184", "", "", "", "RetryWithoutEdns", "NOTIMP without OPT")]
    [InlineData("8181", "", "", Messages.Opt, "RetryWithoutOptions", "FORMERR with OPT")]
    [InlineData("8184", "", "", Messages.Opt, "ServerIsDone", "NOTIMP with OPT")]
    [InlineData("8180", "", "", "00 0029 04D0 01000000 0000", "RetryWithoutEdns", "BADVERS")]
    [InlineData("8187", "", "", "00 0029 04D0 01000000 0000", "RetryWithCookie", "BADCOOKIE")]
    public void Classify_Reply_Means(string flags, string answer, string authority, string additional, string expected, string because)
    {
        Response response = Parse(flags, answer, authority, additional);
        AliasChain chain = AliasChain.Follow(response.Answers, "www.test", DnsRecordType.A);

        ReplyClassifier.Classify(response, chain, EdnsLevel.WithOptions, sentCookie: true).ToString().Should().Be(expected, because);
    }

    [Theory]
    [InlineData("8181", "", "WithoutOptions", "RetryWithoutEdns")]
    [InlineData("8181", Messages.Opt, "WithoutOptions", "RetryWithoutEdns")]
    [InlineData("8181", "", "None", "ServerIsDone")]
    [InlineData("8184", "", "None", "ServerIsDone")]
    [InlineData("8180", "00 0029 04D0 01000000 0000", "None", "NextServer")]
    public void Classify_AfterADowngrade_GoesOneStepFurther(string flags, string additional, string sent, string expected)
    {
        Response response = Parse(flags, "", "", additional);
        AliasChain chain = AliasChain.Follow(response.Answers, "www.test", DnsRecordType.A);

        ReplyClassifier.Classify(response, chain, Enum.Parse<EdnsLevel>(sent), sentCookie: false).ToString().Should().Be(expected);
    }

    private static Response Parse(string flags, string answer, string authority, string additional)
    {
        byte[] message = Hex.Decode(Messages.Reply(answer, authority, additional, flags));
        Response.TryParse(message, "www.test", out Response? response).Should().BeTrue();
        return response!;
    }
}

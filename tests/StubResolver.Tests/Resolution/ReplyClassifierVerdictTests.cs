using StubResolver.Resolution;
using StubResolver.Wire;

namespace StubResolver.Tests.Resolution;

public sealed class ReplyClassifierVerdictTests
{
    private const EdnsLevel Options = EdnsLevel.WithOptions;
    private const EdnsLevel Plain = EdnsLevel.WithoutOptions;
    private const EdnsLevel None = EdnsLevel.None;

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure, Options, true, ReplyVerdict.NextServer)]
    [InlineData(DnsResponseCode.ServerFailure, Options, false, ReplyVerdict.NextServer)] // never downgraded on SERVFAIL
    [InlineData(DnsResponseCode.FormatError, Options, false, ReplyVerdict.RetryWithoutEdns)]
    [InlineData(DnsResponseCode.FormatError, Plain, false, ReplyVerdict.RetryWithoutEdns)]
    [InlineData(DnsResponseCode.FormatError, None, false, ReplyVerdict.ServerIsDone)]
    [InlineData(DnsResponseCode.FormatError, Options, true, ReplyVerdict.RetryWithoutOptions)]
    [InlineData(DnsResponseCode.FormatError, Plain, true, ReplyVerdict.RetryWithoutEdns)]
    [InlineData(DnsResponseCode.FormatError, None, true, ReplyVerdict.ServerIsDone)]
    [InlineData(DnsResponseCode.NotImplemented, Options, false, ReplyVerdict.RetryWithoutEdns)]
    [InlineData(DnsResponseCode.NotImplemented, None, false, ReplyVerdict.ServerIsDone)]
    [InlineData(DnsResponseCode.NotImplemented, Options, true, ReplyVerdict.ServerIsDone)]
    [InlineData(DnsResponseCode.BadVers, Options, true, ReplyVerdict.RetryWithoutEdns)]
    [InlineData(DnsResponseCode.BadVers, Plain, true, ReplyVerdict.RetryWithoutEdns)]
    [InlineData(DnsResponseCode.BadVers, None, true, ReplyVerdict.NextServer)]
    [InlineData(DnsResponseCode.Refused, Options, true, ReplyVerdict.ServerIsDone)]
    [InlineData(DnsResponseCode.YxDomain, Options, true, ReplyVerdict.NextServer)]
    [InlineData((DnsResponseCode)4095, Options, true, ReplyVerdict.NextServer)]
    public void Classify_ErrorCode_SaysWhatToDo(DnsResponseCode code, object sent, bool hasOpt, object expected)
    {
        Response response = Reply(code, hasOpt ? Edns() : null);

        Classify(response, (EdnsLevel)sent).Should().Be((ReplyVerdict)expected);
    }

    [Theory]
    [InlineData(true, ReplyVerdict.RetryWithCookie)]
    [InlineData(false, ReplyVerdict.NextServer)]
    public void Classify_BadCookie_IsRetriedWhereACookieWasSent(bool sentCookie, object expected)
    {
        Response response = Reply(DnsResponseCode.BadCookie, Edns());

        Classify(response, Options, sentCookie: sentCookie).Should().Be((ReplyVerdict)expected);
    }

    [Theory]
    [InlineData(0, ReplyVerdict.NextServer)] // other
    [InlineData(1, ReplyVerdict.ServerIsDone)] // unsupported DNSKEY algorithm
    [InlineData(2, ReplyVerdict.ServerIsDone)] // unsupported DS digest
    [InlineData(3, ReplyVerdict.NextServer)] // stale answer
    [InlineData(4, ReplyVerdict.NextServer)] // forged answer
    [InlineData(5, ReplyVerdict.ServerIsDone)] // DNSSEC indeterminate
    [InlineData(6, ReplyVerdict.ServerIsDone)] // DNSSEC bogus
    [InlineData(7, ReplyVerdict.ServerIsDone)] // signature expired
    [InlineData(8, ReplyVerdict.ServerIsDone)] // signature not yet valid
    [InlineData(9, ReplyVerdict.ServerIsDone)] // DNSKEY missing
    [InlineData(10, ReplyVerdict.ServerIsDone)] // RRSIGs missing
    [InlineData(11, ReplyVerdict.ServerIsDone)] // no zone key bit
    [InlineData(12, ReplyVerdict.ServerIsDone)] // NSEC missing
    [InlineData(13, ReplyVerdict.NextServer)] // cached error
    [InlineData(14, ReplyVerdict.NextServer)] // not ready
    [InlineData(15, ReplyVerdict.ServerIsDone)] // blocked
    [InlineData(16, ReplyVerdict.ServerIsDone)] // censored
    [InlineData(17, ReplyVerdict.ServerIsDone)] // filtered
    [InlineData(18, ReplyVerdict.ServerIsDone)] // prohibited
    [InlineData(19, ReplyVerdict.NextServer)] // stale NXDOMAIN
    [InlineData(20, ReplyVerdict.NextServer)] // not authoritative
    [InlineData(22, ReplyVerdict.NextServer)] // no reachable authority
    [InlineData(23, ReplyVerdict.NextServer)] // network error
    public void Classify_ServerFailureWithReason_AsksNobodyAgainWhereItLasts(int reason, object expected)
    {
        Response response = Reply(DnsResponseCode.ServerFailure, Edns(0, 15, 0, 2, (byte)(reason >> 8), (byte)reason));

        Classify(response, Options).Should().Be((ReplyVerdict)expected);
    }

    [Fact]
    public void Classify_Answers_AreJudgedByWhatTheyAreAbout()
    {
        DnsAddressRecord asked = Address("a.test");
        DnsCNameRecord alias = new("a.test", TimeSpan.FromSeconds(1), "b.test");

        Classify(Reply(DnsResponseCode.NoError, null, asked)).Should().Be(ReplyVerdict.Accept);
        Classify(Reply(DnsResponseCode.NoError, null, alias)).Should().Be(ReplyVerdict.Accept, "the alias is a part of the answer");
        Classify(Reply(DnsResponseCode.NoError, null, Address("c.test"))).Should().Be(ReplyVerdict.Malformed, "nothing in it was asked for");
        Classify(Reply(DnsResponseCode.NxDomain, null)).Should().Be(ReplyVerdict.Accept);
        Classify(Reply(DnsResponseCode.NxDomain, null, alias)).Should().Be(ReplyVerdict.Accept, "the target does not exist (RFC 6604 §2.1)");
        Classify(Reply(DnsResponseCode.NxDomain, null, asked)).Should().Be(ReplyVerdict.Malformed, "it contradicts itself");
    }

    [Theory]
    [InlineData(false, false, false, false, ReplyVerdict.Lame)]
    [InlineData(true, false, false, false, ReplyVerdict.Accept)]
    [InlineData(false, true, false, false, ReplyVerdict.Accept)]
    [InlineData(false, false, true, false, ReplyVerdict.Accept)]
    [InlineData(false, false, false, true, ReplyVerdict.Accept)]
    public void Classify_NoRecords_IsLameOnlyWithoutAnySignOfAuthority(bool isAuthoritative, bool isRecursive, bool hasOpt, bool hasSoa, object expected)
    {
        Response response = Create(DnsResponseCode.NoError, hasOpt ? Edns() : null, [], isAuthoritative, isRecursive, hasSoa);

        Classify(response).Should().Be((ReplyVerdict)expected);
    }

    private static ReplyVerdict Classify(Response response, EdnsLevel sent = Options, bool sentCookie = false) =>
        ReplyClassifier.Classify(response, AliasChain.Follow(response.Answers, "a.test", DnsRecordType.A), sent, sentCookie);

    private static DnsAddressRecord Address(string name) => new(name, TimeSpan.FromSeconds(1), System.Net.IPAddress.Parse("192.0.2.1"));

    private static Response Reply(DnsResponseCode code, EdnsFields? edns, params DnsRecord[] answers) => Create(code, edns, answers, false, true, false);

    private static Response Create(DnsResponseCode code, EdnsFields? edns, DnsRecord[] answers, bool isAuthoritative, bool isRecursive, bool hasSoa) => new(
        responseCode: code,
        isAuthoritative: isAuthoritative,
        isTruncated: false,
        isRecursionAvailable: isRecursive,
        isAuthenticated: false,
        answers: answers,
        zone: hasSoa ? "test" : null,
        negativeSeconds: 0,
        isAuthorityWhole: true,
        isWhole: true,
        edns: edns);

    // The fields as they are read from a reply whose only record is OPT with these options.
    private static EdnsFields Edns(params byte[] options)
    {
        byte[] message = [0, 1, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, (byte)options.Length, .. options];
        Response.TryParse(message, "a.test", out Response? response).Should().BeTrue();
        return response!.Edns!;
    }
}

using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <summary>Decides what a reply means for its question.</summary>
internal static class ReplyClassifier
{
    /// <param name="response">A reply that matches its query.</param>
    /// <param name="chain">The aliases in it, followed from the asked name.</param>
    /// <param name="sent">What the query carried of EDNS.</param>
    /// <param name="sentCookie">Whether the query carried a cookie.</param>
    public static ReplyVerdict Classify(Response response, in AliasChain chain, EdnsLevel sent, bool sentCookie) => response.ResponseCode switch
    {
        DnsResponseCode.NoError => ClassifySuccess(response, chain),
        DnsResponseCode.NxDomain => chain.End == AliasChainEnd.Name ? ReplyVerdict.Accept : ReplyVerdict.Malformed,
        DnsResponseCode.FormatError or DnsResponseCode.NotImplemented when response.Edns is null && sent != EdnsLevel.None => ReplyVerdict.RetryWithoutEdns,
        DnsResponseCode.FormatError when sent == EdnsLevel.WithOptions => ReplyVerdict.RetryWithoutOptions,
        DnsResponseCode.FormatError when sent == EdnsLevel.WithoutOptions => ReplyVerdict.RetryWithoutEdns,
        DnsResponseCode.BadVers when sent != EdnsLevel.None => ReplyVerdict.RetryWithoutEdns,
        DnsResponseCode.BadCookie when sentCookie => ReplyVerdict.RetryWithCookie,
        DnsResponseCode.Refused or DnsResponseCode.NotImplemented or DnsResponseCode.FormatError => ReplyVerdict.ServerIsDone,
        DnsResponseCode.ServerFailure when HasLastingReason(response) => ReplyVerdict.ServerIsDone,
        _ => ReplyVerdict.NextServer,
    };

    private static ReplyVerdict ClassifySuccess(Response response, in AliasChain chain) => chain.End switch
    {
        AliasChainEnd.Malformed => ReplyVerdict.Malformed,
        AliasChainEnd.Records => ReplyVerdict.Accept,
        _ when response.IsTruncated || IsUnrelated(response, chain) => ReplyVerdict.Malformed,
        _ when IsLame(response) => ReplyVerdict.Lame,
        _ => ReplyVerdict.Accept,
    };

    // Only records of other names: neither an answer nor, without an SOA record, the word that there is none.
    private static bool IsUnrelated(Response response, in AliasChain chain)
    {
        if (response.Answers.Length == 0 || chain.Links > 0 || response.Zone is not null)
        {
            return false;
        }

        foreach (DnsRecord record in response.Answers)
        {
            if (record is DnsSoaRecord || AliasChain.IsSameName(record.Name, chain.Name))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLame(Response response) => response is
    {
        Answers.Length: 0, IsAuthoritative: false, IsRecursionAvailable: false, Edns: null, Zone: null,
    };

    // DNSSEC (1, 2, 5-12) and policy (15-18) codes of RFC 8914 §4: asking again brings the same.
    private static bool HasLastingReason(Response response)
    {
        if (response.Edns is { } edns)
        {
            foreach (DnsExtendedError error in edns.ExtendedErrors)
            {
                if (error.Code is 1 or 2 or (>= 5 and <= 12) or (>= 15 and <= 18))
                {
                    return true;
                }
            }
        }

        return false;
    }
}

using StubResolver.Caching;
using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <summary>Makes the outcome of a question from what its servers said.</summary>
internal static class OutcomeFactory
{
    /// <summary>Whether a final reply answers the question: if not, the alias it ends with is to be asked for.</summary>
    public static bool IsComplete(RoundsResult result) =>
        result.Chain.End == AliasChainEnd.Records
        || result.Chain.Links == 0
        || result.Response!.ResponseCode == DnsResponseCode.NxDomain
        || NegativeLife.TryGet(result.Response, result.Chain.Name, out _);

    /// <summary>Makes the outcome of a final reply.</summary>
    /// <param name="run">The question.</param>
    /// <param name="result">What the servers said.</param>
    /// <param name="aliasTtl">The lowest TTL of the aliases that earlier replies held.</param>
    public static QuestionOutcome CreateAnswer(QuestionRun run, RoundsResult result, TimeSpan aliasTtl)
    {
        Response response = result.Response!;
        TimeSpan ttl = aliasTtl < result.Chain.Ttl ? aliasTtl : result.Chain.Ttl;
        bool isPositive = result.Chain.End == AliasChainEnd.Records;
        DnsCacheOptions options = run.Context.Settings.Cache;
        bool hasSoa = NegativeLife.TryGet(response, result.Chain.Name, out TimeSpan negativeTtl);
        TimeSpan life = isPositive
            ? AnswerLifetime.OfPositive(ttl, options)
            : AnswerLifetime.OfNegative(hasSoa, negativeTtl < ttl ? negativeTtl : ttl, options);
        return new QuestionOutcome
        {
            Name = run.Key.Name,
            Type = run.Key.Type,
            Error = isPositive ? null : response.ResponseCode == DnsResponseCode.NxDomain ? DnsError.NameNotFound : DnsError.NoData,
            ResponseCode = response.ResponseCode,
            Records = result.Chain.Records,
            AliasEnd = isPositive || string.Equals(result.Chain.Name, run.Key.Name, StringComparison.OrdinalIgnoreCase) ? null : result.Chain.Name,
            ExtendedErrors = isPositive ? [] : response.Edns?.ExtendedErrors ?? [],
            Server = result.Server!.Server,
            IsAuthenticated = response.IsAuthenticated && run.Context.Settings.TrustAuthenticatedData,
            Life = life,
        };
    }

    /// <summary>Makes the outcome of a question that no server answered to the end.</summary>
    public static QuestionOutcome CreateFailure(QuestionRun run, RoundsResult result) => new()
    {
        Name = run.Key.Name,
        Type = run.Key.Type,
        Error = result.Error,
        ResponseCode = result.ResponseCode,
        Attempts = run.GetAttempts(),
        ExtendedErrors = result.ExtendedErrors ?? [],
        WaitedForSlot = run.WaitedForSlot,
        IsLame = result.Error == DnsError.NoData,
    };
}

namespace StubResolver.Resolution;

/// <summary>Decides how the search list is walked, and what its final word is.</summary>
internal static class SearchDecision
{
    /// <summary>Returns what follows a candidate's outcome.</summary>
    /// <param name="error">Why it has no records; <see langword="null"/> where it has.</param>
    /// <param name="isSuffixed">Whether it was completed with a suffix.</param>
    /// <param name="dots">The dots in the name as typed.</param>
    public static SearchStep GetNext(DnsError? error, bool isSuffixed, int dots) => error switch
    {
        null => SearchStep.Answer,
        DnsError.NameNotFound or DnsError.NoData => SearchStep.NextCandidate,
        DnsError.Timeout => SearchStep.AsTyped,
        DnsError.Refused or DnsError.ServerFailure when dots == 0 => SearchStep.NextCandidate, // servers refuse single labels
        _ => isSuffixed ? SearchStep.NextCandidate : SearchStep.AsTyped,
    };

    /// <summary>Returns which of two outcomes is the last word on a name without records: NODATA, then a failure, then NXDOMAIN.</summary>
    public static bool Outranks(DnsError candidate, DnsError known) => Rank(candidate) < Rank(known);

    /// <summary>
    /// Whether a failure of the name as typed means that there is no such name: servers refuse single labels, and no suffix had it.
    /// </summary>
    public static bool IsUnknownSingleLabel(DnsError asTyped, int dots, bool hadOnlyNameNotFound) =>
        asTyped is DnsError.Refused or DnsError.ServerFailure && dots == 0 && hadOnlyNameNotFound;

    private static int Rank(DnsError error) => error switch
    {
        DnsError.NoData => 0,
        DnsError.NameNotFound => 2,
        _ => 1,
    };
}

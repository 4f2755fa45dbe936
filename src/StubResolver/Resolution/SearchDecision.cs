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

    /// <summary>Returns the rank of an outcome without records: of several, the one with the lowest is the last word, the first of equals.</summary>
    /// <param name="error">Why there are none.</param>
    /// <param name="isSuffixed">Whether it is that of a name completed with a suffix.</param>
    /// <param name="isTypedFirst">Whether the name as typed was tried before all suffixes: its NXDOMAIN is final then, as in res_search and Go.</param>
    public static int GetRank(DnsError error, bool isSuffixed, bool isTypedFirst) => error switch
    {
        DnsError.NoData => 0,
        DnsError.NameNotFound => 2,
        DnsError.Refused when isSuffixed => 3, // the servers do not serve that zone: says nothing about the name
        _ => isSuffixed && isTypedFirst ? 3 : 1,
    };

    /// <summary>
    /// Whether a failure of the name as typed means that there is no such name: servers refuse single labels, and no suffix had it.
    /// </summary>
    public static bool IsUnknownSingleLabel(DnsError asTyped, int dots, bool hadOnlyNameNotFound) =>
        asTyped is DnsError.Refused or DnsError.ServerFailure && dots == 0 && hadOnlyNameNotFound;
}

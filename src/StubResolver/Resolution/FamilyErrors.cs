namespace StubResolver.Resolution;

/// <summary>Decides what the outcomes of two address families make together.</summary>
internal static class FamilyErrors
{
    /// <summary>Returns the error of an address lookup, or <see langword="null"/> where it succeeds.</summary>
    /// <param name="aaaa">The error of AAAA; <see langword="null"/> where it brought addresses.</param>
    /// <param name="a">The error of A; <see langword="null"/> where it brought addresses.</param>
    /// <param name="requiresBoth">Whether one family's failure is the lookup's.</param>
    public static DnsError? Combine(DnsError? aaaa, DnsError? a, bool requiresBoth)
    {
        if (aaaa is null || a is null)
        {
            DnsError? other = aaaa ?? a;
            return requiresBoth && IsFailure(other) ? other : null;
        }

        return (aaaa, a) switch
        {
            (DnsError.NameNotFound, DnsError.NameNotFound) => DnsError.NameNotFound,
            (DnsError.NoData or DnsError.NameNotFound, DnsError.NoData or DnsError.NameNotFound) => DnsError.NoData,
            _ => Rank(aaaa.Value) <= Rank(a.Value) ? aaaa : a,
        };
    }

    /// <summary>Whether a family's error is worth telling beside the other family's addresses.</summary>
    public static bool IsFailure(DnsError? error) => error is not (null or DnsError.NoData);

    private static int Rank(DnsError error) => error switch
    {
        DnsError.Timeout => 0,
        DnsError.ServerFailure => 1,
        DnsError.Refused => 2,
        DnsError.NetworkError => 3,
        DnsError.MalformedResponse => 4,
        _ => 5,
    };
}

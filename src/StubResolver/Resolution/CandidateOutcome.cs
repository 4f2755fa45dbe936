namespace StubResolver.Resolution;

/// <summary>How the address lookup of one candidate ended, both families together.</summary>
internal sealed class CandidateOutcome : LookupOutcome
{
    public required string Name { get; init; }

    public required FamilyOutcomes Families { get; init; }

    /// <summary>Whether it says that there is nothing, but not for how long; what lame servers said is not that.</summary>
    public bool IsUncacheable => Error is DnsError.NoData or DnsError.NameNotFound && Life == TimeSpan.Zero && !IsLame;

    public static CandidateOutcome Create(string name, in FamilyOutcomes families, TimeSpan failureLife, long now, ResolverSettings settings)
    {
        DnsError? error = families.GetError(settings.RequireBothFamilies);
        QuestionOutcome? decisive = families.GetDecisive(error);
        bool isFailure = error is not (null or DnsError.NoData or DnsError.NameNotFound);
        return new CandidateOutcome
        {
            Name = name,
            Families = families,
            Error = error,
            IsLame = error is not null && !isFailure && families is { Aaaa.IsLame: true } or { A.IsLame: true },
            ResponseCode = decisive?.ResponseCode,
            Life = isFailure ? TimeSpan.Zero
                : error is null ? OutcomeLife.OfFamilies(families, failureLife, now, settings.Cache)
                : OutcomeLife.OfNegatives(families, now),
            ExtendedErrors = error is null ? [] : families.GetExtendedErrors(),
        };
    }
}

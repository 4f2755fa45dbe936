namespace StubResolver.Resolution;

/// <summary>How the address lookup of one candidate ended, both families together.</summary>
internal sealed class CandidateOutcome : LookupOutcome
{
    private const byte Stale = 1;

    public required FamilyOutcomes Families { get; init; }

    /// <summary>How one family failed while the other one was answered.</summary>
    public QuestionOutcome? PartialFailure { get; init; }

    /// <summary>Whether some of its records are from before: those families failed now.</summary>
    public bool IsStale
    {
        get => (Flags & Stale) != 0;
        init => Flags |= value ? Stale : (byte)0;
    }

    /// <summary>Whether it says that there is nothing, but not for how long; what lame servers said is not that.</summary>
    public bool IsUncacheable => Error is DnsError.NoData or DnsError.NameNotFound && Life == TimeSpan.Zero && !IsLame;

    /// <param name="asked">How the questions ended.</param>
    /// <param name="families">What counts: the same, or what was known before in place of a failure.</param>
    /// <param name="failureLife">How long the failure of one family beside the other's answer is remembered.</param>
    /// <param name="now">The time on the cache's clock.</param>
    /// <param name="settings">The settings.</param>
    public static CandidateOutcome Create(in FamilyOutcomes asked, in FamilyOutcomes families, TimeSpan failureLife, long now, ResolverSettings settings)
    {
        bool isStale = families != asked;
        DnsError? error = families.GetError(settings.RequireBothFamilies);
        QuestionOutcome? decisive = families.GetDecisive(error);
        bool isFailure = error is not (null or DnsError.NoData or DnsError.NameNotFound);
        return new CandidateOutcome
        {
            Families = families,
            PartialFailure = asked.GetPartialFailure(),
            IsStale = isStale,
            Error = error,
            IsLame = error is not null && !isFailure && families is { Aaaa.IsLame: true } or { A.IsLame: true },
            ResponseCode = decisive?.ResponseCode,
            Life = isFailure || isStale ? TimeSpan.Zero
                : error is null ? OutcomeLife.OfFamilies(families, failureLife, now, settings.Cache)
                : OutcomeLife.OfNegatives(families, now),
            ExtendedErrors = error is null ? [] : families.GetExtendedErrors(),
        };
    }
}

namespace StubResolver.Resolution;

/// <summary>Decides how long an outcome counts as a part of the outcome for a name as typed.</summary>
internal static class OutcomeLife
{
    private static readonly TimeSpan s_uncacheableNegative = TimeSpan.FromSeconds(5);

    /// <summary>Returns the life of a part: what is left of its own; 5 seconds for a negative that is not kept; none for a failure.</summary>
    /// <param name="outcome">The part.</param>
    /// <param name="now">The time on the cache's clock.</param>
    /// <param name="options">The settings.</param>
    public static TimeSpan OfPart(LookupOutcome outcome, long now, DnsCacheOptions options) => outcome switch
    {
        CandidateOutcome { IsUncacheable: false } => outcome.Life, // made of its families' parts
        { Error: null } => GetRest(outcome, now),
        { IsLame: true } => TimeSpan.Zero,
        { IsAnswer: true, Life.Ticks: > 0 } => GetRest(outcome, now),
        { IsAnswer: true } => Min(s_uncacheableNegative, options.MaxNegativeTtl),
        _ => TimeSpan.Zero,
    };

    /// <summary>Returns the life of both families together.</summary>
    /// <param name="families">The outcomes.</param>
    /// <param name="failureLife">How long the failure of the one beside the addresses of the other is remembered.</param>
    /// <param name="now">The time on the cache's clock.</param>
    /// <param name="options">The settings.</param>
    public static TimeSpan OfFamilies(in FamilyOutcomes families, TimeSpan failureLife, long now, DnsCacheOptions options) => Min(
        OfFamily(families.Aaaa, families.A, failureLife, now, options),
        OfFamily(families.A, families.Aaaa, failureLife, now, options));

    /// <summary>Returns the life of both families together where neither has addresses; none where one says so without an SOA record.</summary>
    public static TimeSpan OfNegatives(in FamilyOutcomes families, long now) => Min(OfNegative(families.Aaaa, now), OfNegative(families.A, now));

    private static TimeSpan OfFamily(QuestionOutcome? family, QuestionOutcome? other, TimeSpan failureLife, long now, DnsCacheOptions options) => family switch
    {
        null => TimeSpan.MaxValue,
        { IsAnswer: false } when other is { Error: null } => failureLife,
        _ => OfPart(family, now, options),
    };

    private static TimeSpan OfNegative(QuestionOutcome? family, long now) => family is null ? TimeSpan.MaxValue : GetRest(family, now);

    // What came out of the cache has spent a part of its life there.
    private static TimeSpan GetRest(LookupOutcome outcome, long now) =>
        outcome.FreshUntil == 0 ? outcome.Life : TimeSpan.FromTicks(Math.Max(0, outcome.FreshUntil - now));

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

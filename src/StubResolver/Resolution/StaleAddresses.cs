namespace StubResolver.Resolution;

/// <summary>Decides what is served of the questions behind an address lookup that has no outcome of its own in the cache (RFC 8767).</summary>
internal static class StaleAddresses
{
    /// <summary>Whether what is kept of a candidate's families makes an answer.</summary>
    /// <param name="kept">What is kept of them, fresh or not; <see langword="null"/> for a family not wanted or not known.</param>
    /// <param name="needsBoth">Whether a lookup fails without one of them.</param>
    public static bool HasAnswer(in FamilyOutcomes kept, bool needsBoth) =>
        kept.GetError(needsBoth) is null && (!needsBoth || kept is { Aaaa: not null, A: not null });

    /// <summary>Whether it is known that a candidate has no addresses, so that a lookup goes on with the next one.</summary>
    /// <param name="kept">What is kept of its families.</param>
    /// <param name="wantsAaaa">Whether its IPv6 addresses are wanted.</param>
    /// <param name="wantsA">Whether its IPv4 addresses are wanted.</param>
    public static bool HasNothing(in FamilyOutcomes kept, bool wantsAaaa, bool wantsA) =>
        (!wantsAaaa || kept.Aaaa is { Error: not null }) && (!wantsA || kept.A is { Error: not null });

    /// <summary>Returns the first family that is past its life, and so is to be renewed; <see langword="null"/> where all that is kept counts.</summary>
    /// <param name="kept">What is kept.</param>
    /// <param name="now">The time on the cache's clock.</param>
    public static QuestionOutcome? FindPast(in FamilyOutcomes kept, long now) =>
        kept.Aaaa?.FreshUntil <= now ? kept.Aaaa : kept.A?.FreshUntil <= now ? kept.A : null;

    /// <summary>Makes the answer for one caller.</summary>
    public static DnsAnswer<DnsAddressRecord> CreateAnswer(string typed, in FamilyOutcomes kept, QuestionContext context, long now)
    {
        CandidateOutcome stale = new() { Families = kept, IsStale = true };
        SearchResult<CandidateOutcome> result = new(stale, life: TimeSpan.Zero, passedFailure: false, attempts: []);
        return AddressAnswer.Create(typed, result, isKnown: true, context, now).Answer!;
    }
}

namespace StubResolver.Resolution;

/// <summary>What an address lookup does next.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Until">For <see cref="AddressLookupStepKind.Wait"/>: the moment, counted from the start.</param>
internal readonly record struct AddressLookupStep(AddressLookupStepKind Kind, TimeSpan Until = default);

/// <summary>
/// Decides in which order the families are asked and how long one waits for the other: two queries sent at once from one port are what
/// connection tracking loses, so AAAA goes first and A follows.
/// </summary>
internal static class AddressLookupSchedule
{
    /// <summary>How long a late AAAA is waited for once A can be connected to (RFC 8305 §3).</summary>
    private static readonly TimeSpan s_resolutionDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a late A is waited for once AAAA can be connected to.</summary>
    private static readonly TimeSpan s_briefWait = TimeSpan.FromSeconds(2);

    /// <summary>Returns the shortest time that one family is waited for, by how long AAAA holds back A.</summary>
    public static TimeSpan GetShortestWait(TimeSpan patience) => patience > TimeSpan.Zero ? Min(patience, s_resolutionDelay) : s_resolutionDelay;

    /// <param name="state">Where the lookup stands.</param>
    /// <param name="deadline">The end of its budget, counted from its start.</param>
    /// <param name="now">The time since its start.</param>
    public static AddressLookupStep GetNext(in AddressLookupState state, TimeSpan deadline, TimeSpan now)
    {
        if (state.Aaaa == FamilyProgress.NotAsked)
        {
            return new AddressLookupStep(AddressLookupStepKind.AskAaaa);
        }

        if (state.A == FamilyProgress.NotAsked)
        {
            return GetNextBeforeA(state, deadline, now);
        }

        TimeSpan end = GetEnd(state, deadline);
        return now >= end || !(IsInFlight(state.Aaaa) || IsInFlight(state.A))
            ? new AddressLookupStep(AddressLookupStepKind.Finish)
            : new AddressLookupStep(AddressLookupStepKind.Wait, end);
    }

    private static AddressLookupStep GetNextBeforeA(in AddressLookupState state, TimeSpan deadline, TimeSpan now)
    {
        if (now >= deadline)
        {
            return new AddressLookupStep(AddressLookupStepKind.Finish);
        }

        TimeSpan patienceEnd = GetPatienceEnd(state);
        if (now < patienceEnd)
        {
            return new AddressLookupStep(AddressLookupStepKind.Wait, Min(patienceEnd, deadline));
        }

        bool isBrief = state is { Aaaa: FamilyProgress.Reachable, RequiresBoth: false };
        return new AddressLookupStep(isBrief ? AddressLookupStepKind.AskABriefly : AddressLookupStepKind.AskA);
    }

    private static TimeSpan GetPatienceEnd(in AddressLookupState state) => state switch
    {
        _ when state.Patience == TimeSpan.Zero => TimeSpan.Zero,
        { Aaaa: FamilyProgress.Queued } => TimeSpan.MaxValue,
        _ when state.Patience == TimeSpan.MaxValue && IsInFlight(state.Aaaa) => TimeSpan.MaxValue,
        { Aaaa: FamilyProgress.Pending } => state.AaaaAskedAt + state.Patience,
        _ => TimeSpan.Zero,
    };

    private static TimeSpan GetEnd(in AddressLookupState state, TimeSpan deadline) => state switch
    {
        { RequiresBoth: true } => deadline,
        { Aaaa: FamilyProgress.Failing, A: FamilyProgress.Reachable } or { A: FamilyProgress.Failing, Aaaa: FamilyProgress.Reachable } => TimeSpan.Zero,
        { Aaaa: FamilyProgress.Pending, A: FamilyProgress.Reachable } => Min(deadline, Max(state.AEndedAt, state.AaaaAskedAt) + s_resolutionDelay),
        { A: FamilyProgress.Pending, Aaaa: FamilyProgress.Reachable } => Min(deadline, Max(state.AaaaEndedAt, state.AAskedAt) + s_briefWait),
        _ => deadline,
    };

    /// <summary>Whether the question for a family was asked and has not ended.</summary>
    public static bool IsInFlight(FamilyProgress progress) => progress is FamilyProgress.Queued or FamilyProgress.Pending or FamilyProgress.Failing;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}

namespace StubResolver.Resolution;

/// <summary>The outcome of one search candidate, and what was sent for it.</summary>
/// <typeparam name="TOutcome">The kind of outcome.</typeparam>
/// <param name="Outcome">The outcome.</param>
/// <param name="Attempts">The transmissions in the order they left, where the outcome is an error; taken before the questions are left.</param>
internal readonly record struct CandidateResult<TOutcome>(TOutcome Outcome, IReadOnlyList<DnsAttempt> Attempts)
    where TOutcome : LookupOutcome
{
    public static CandidateResult<TOutcome> Create(TOutcome outcome, in QuestionTicket first, in QuestionTicket second = default) =>
        new(outcome, outcome.Error is null ? [] : QuestionTicket.GetAttempts(first, second));
}

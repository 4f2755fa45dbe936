namespace StubResolver.Resolution;

/// <summary>The outcome of one search candidate, and the questions it came from.</summary>
/// <typeparam name="TOutcome">The kind of outcome.</typeparam>
/// <param name="Outcome">The outcome.</param>
/// <param name="First">The question that was asked first.</param>
/// <param name="Second">The other one, where there are two.</param>
internal readonly record struct CandidateResult<TOutcome>(TOutcome Outcome, QuestionTicket First, QuestionTicket Second = default)
    where TOutcome : LookupOutcome;

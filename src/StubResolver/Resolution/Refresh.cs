namespace StubResolver.Resolution;

/// <summary>One renewal of an answer behind the callers' backs.</summary>
/// <param name="Task">Ends with the outcome.</param>
/// <param name="StartedAt">When it began, as a timestamp.</param>
internal sealed record Refresh<TOutcome>(Task<TOutcome> Task, long StartedAt);

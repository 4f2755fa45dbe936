using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>The outcome of a question, which others share, as one query got it.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="IsKnown">Whether nobody had to be asked.</param>
internal readonly record struct QueriedOutcome(QuestionOutcome Outcome, bool IsKnown)
{
    /// <inheritdoc cref="LookupOutcome.GetCacheUse"/>
    public CacheUse GetCacheUse() => IsKnown ? Outcome.HitUse : CacheUse.Miss;
}

namespace StubResolver.Resolution;

/// <summary>What follows the outcome of one search candidate.</summary>
internal enum SearchStep
{
    /// <summary>The search is over: this outcome is the answer.</summary>
    Answer,

    /// <summary>Go on with the next candidate.</summary>
    NextCandidate,

    /// <summary>Go straight to the name as typed: other suffixes would only wait for the same silent servers.</summary>
    AsTyped,
}

namespace StubResolver.Resolution;

/// <summary>Looks up one search candidate after the other for one lookup.</summary>
/// <typeparam name="TOutcome">The kind of outcome of one candidate.</typeparam>
internal interface ICandidateLookup<TOutcome>
    where TOutcome : LookupOutcome
{
    /// <summary>Looks up a candidate until a deadline (a timestamp).</summary>
    ValueTask<CandidateResult<TOutcome>> RunAsync(string name, long deadline);
}

namespace StubResolver.Resolution;

/// <summary>Looks up one search candidate after the other for one lookup.</summary>
/// <typeparam name="TOutcome">The kind of outcome of one candidate.</typeparam>
internal interface ICandidateLookup<TOutcome>
    where TOutcome : LookupOutcome
{
    /// <summary>The transmissions for the last candidate in the order they left, where its outcome is an error.</summary>
    IReadOnlyList<DnsAttempt> Attempts { get; }

    /// <summary>Looks up a candidate until a deadline (a timestamp).</summary>
    ValueTask<TOutcome> RunAsync(string name, long deadline);
}

namespace StubResolver.Resolution;

/// <summary>How the walk over the search candidates ended.</summary>
/// <typeparam name="TOutcome">The kind of outcome of one candidate.</typeparam>
internal readonly record struct SearchResult<TOutcome>
    where TOutcome : LookupOutcome
{
    /// <summary>The outcome that decided.</summary>
    public required TOutcome Decisive { get; init; }

    /// <summary>Why there are no records, or <see langword="null"/> where there are.</summary>
    public required DnsError? Error { get; init; }

    /// <summary>How long all that decided it holds; zero for not at all.</summary>
    public required TimeSpan Life { get; init; }

    /// <summary>Whether a candidate on the way failed, so that nobody knows what it would have said.</summary>
    public bool PassedFailure { get; init; }

    /// <summary>The transmissions of the whole lookup where it found nothing, in order.</summary>
    public required IReadOnlyList<DnsAttempt> Attempts { get; init; }
}

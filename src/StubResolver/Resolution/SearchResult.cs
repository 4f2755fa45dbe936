namespace StubResolver.Resolution;

/// <summary>How the walk over the search candidates ended.</summary>
/// <typeparam name="TOutcome">The kind of outcome of one candidate.</typeparam>
internal readonly struct SearchResult<TOutcome>(TOutcome decisive, TimeSpan life, bool passedFailure, IReadOnlyList<DnsAttempt> attempts)
    where TOutcome : LookupOutcome
{
    /// <summary>The outcome that decided.</summary>
    public readonly TOutcome Decisive = decisive;

    /// <summary>How long all that decided it holds; zero for not at all.</summary>
    public readonly TimeSpan Life = life;

    /// <summary>Whether a candidate on the way failed, so that nobody knows what it would have said.</summary>
    public readonly bool PassedFailure = passedFailure;

    /// <summary>The transmissions of the whole lookup where it found nothing, in order.</summary>
    public readonly IReadOnlyList<DnsAttempt> Attempts = attempts;
}

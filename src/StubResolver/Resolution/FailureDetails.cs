namespace StubResolver.Resolution;

/// <summary>What only outcomes without records have.</summary>
/// <param name="Attempts">The transmissions.</param>
/// <param name="ExtendedErrors">What the servers said about it (RFC 8914).</param>
/// <param name="AliasEnd">The end of an alias chain that has no records.</param>
/// <param name="LearntAt">For what is remembered: when the servers said so, on the cache's clock.</param>
/// <param name="Source">For what is remembered: who said so, where one server did.</param>
internal sealed record FailureDetails(
    IReadOnlyList<DnsAttempt> Attempts,
    IReadOnlyList<DnsExtendedError> ExtendedErrors,
    string? AliasEnd = null,
    long? LearntAt = null,
    DnsServer? Source = null)
{
    public static readonly FailureDetails None = new([], []);
}

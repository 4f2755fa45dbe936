namespace StubResolver.Resolution;

/// <summary>What only outcomes without records have.</summary>
/// <param name="Attempts">The transmissions.</param>
/// <param name="ExtendedErrors">What the servers said about it (RFC 8914).</param>
/// <param name="AliasEnd">The end of an alias chain that has no records.</param>
internal sealed record FailureDetails(IReadOnlyList<DnsAttempt> Attempts, IReadOnlyList<DnsExtendedError> ExtendedErrors, string? AliasEnd)
{
    public static readonly FailureDetails None = new([], [], null);
}

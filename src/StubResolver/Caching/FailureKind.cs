namespace StubResolver.Caching;

/// <summary>What kind of failure is remembered (RFC 9520 §3).</summary>
internal enum FailureKind
{
    /// <summary>Servers answered with an error.</summary>
    ServerError,

    /// <summary>No server answered.</summary>
    NoAnswer,

    /// <summary>One address family failed while the other one was answered.</summary>
    OneFamily,
}

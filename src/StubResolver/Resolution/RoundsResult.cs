using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <summary>How asking the servers for one name ended.</summary>
internal readonly record struct RoundsResult
{
    /// <summary>The final reply, or <see langword="null"/> where none came.</summary>
    public Response? Response { get; init; }

    /// <summary>The aliases of that reply.</summary>
    public AliasChain Chain { get; init; }

    /// <summary>The server that sent it.</summary>
    public ServerState? Server { get; init; }

    /// <summary>Why there is no final reply.</summary>
    public DnsError? Error { get; init; }

    /// <summary>The response code behind the error, where there was one.</summary>
    public DnsResponseCode? ResponseCode { get; init; }

    /// <summary>What the servers said about the error (RFC 8914).</summary>
    public IReadOnlyList<DnsExtendedError>? ExtendedErrors { get; init; }

    /// <summary>Whether the question was stopped before it ended by itself.</summary>
    public bool WasStopped { get; init; }
}

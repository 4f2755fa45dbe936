using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <summary>How asking the servers for one name ended.</summary>
internal sealed class RoundsResult
{
    /// <summary>The final reply, or <see langword="null"/> where none came.</summary>
    public Response? Response { get; private set; }

    /// <summary>The aliases of that reply.</summary>
    public AliasChain Chain { get; private set; }

    /// <summary>The server that sent it.</summary>
    public ServerState? Server { get; private set; }

    /// <summary>Why there is no final reply.</summary>
    public DnsError? Error { get; init; }

    /// <summary>The response code behind the error, where there was one.</summary>
    public DnsResponseCode? ResponseCode { get; init; }

    /// <summary>What the servers said about the error (RFC 8914).</summary>
    public IReadOnlyList<DnsExtendedError>? ExtendedErrors { get; init; }

    /// <summary>Whether the question was stopped before it ended by itself.</summary>
    public bool WasStopped { get; init; }

    /// <summary>Lets go of the reply.</summary>
    public void Clear() => (Response, Chain, Server) = (null, default, null);

    /// <summary>Makes it the result of a final reply.</summary>
    public RoundsResult Accept(Response response, in AliasChain chain, ServerState server)
    {
        (Response, Chain, Server) = (response, chain, server);
        return this;
    }
}

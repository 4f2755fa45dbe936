namespace StubResolver.Transport;

/// <summary>What one transmission carries, to whom, and what its reply must show.</summary>
internal record struct TransmissionRequest
{
    /// <summary>Chosen by the sender of the request; comes back with each event.</summary>
    public required int Tag;

    public required DnsServer Server;

    public required DnsProtocol Protocol;

    /// <summary>The name in text form, ASCII with escapes.</summary>
    public required string Name;

    public required DnsRecordType Type;

    /// <summary>The UDP payload size to offer; 0 leaves out the OPT record.</summary>
    public int UdpPayloadSize;

    /// <summary>The DNS cookie to send, client part first; empty for none (RFC 7873 §4).</summary>
    public ReadOnlyMemory<byte> Cookie;

    /// <summary>Whether the server is known to send cookies: a reply that does not repeat ours is doubtful.</summary>
    public bool RequiresCookie;

    /// <summary>Whether the server is asked how long it keeps an idle connection (RFC 7828); over TCP only.</summary>
    public bool AsksForKeepalive;

    /// <summary>Whether the name is sent in random letter case, which the reply must repeat.</summary>
    public bool RandomizesCase;

    /// <summary>Whether the AD bit is set, which asks the server for its own (RFC 6840 §5.7).</summary>
    public bool WantsAuthenticatedData;
}

namespace StubResolver.Wire;

/// <summary>What a query says: one question of class IN, asked with recursion desired.</summary>
internal ref struct Query
{
    /// <summary>Gets or initialises the id.</summary>
    public ushort Id { get; init; }

    /// <summary>Gets or initialises the name in wire form, without compression.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Gets or initialises the type asked for.</summary>
    public DnsRecordType Type { get; init; }

    /// <summary>Gets or initialises whether the AD bit is set, to learn whether the server validated (RFC 6840 §5.7).</summary>
    public bool IsAuthenticatedDataWanted { get; init; }

    /// <summary>Gets or initialises the largest datagram we take; 0 for a query without OPT, and so without any option.</summary>
    public int UdpPayloadSize { get; init; }

    /// <summary>Gets or initialises the 8 to 40 octets of the COOKIE option (RFC 7873); empty for none.</summary>
    public ReadOnlySpan<byte> Cookie { get; init; }

    /// <summary>Gets or initialises whether an empty edns-tcp-keepalive option is sent (RFC 7828 §3.2.1); over TCP only.</summary>
    public bool AsksForKeepalive { get; init; }
}

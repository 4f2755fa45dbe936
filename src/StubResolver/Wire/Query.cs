namespace StubResolver.Wire;

/// <summary>What a query says: one question of class IN, asked with recursion desired.</summary>
internal readonly ref struct Query(
    ushort id,
    ReadOnlySpan<byte> name,
    DnsRecordType type,
    bool isAuthenticatedDataWanted = false,
    int udpPayloadSize = 0,
    ReadOnlySpan<byte> cookie = default,
    bool asksForKeepalive = false)
{
    /// <summary>The id.</summary>
    public readonly ushort Id = id;

    /// <summary>The name in wire form, without compression.</summary>
    public readonly ReadOnlySpan<byte> Name = name;

    /// <summary>The type asked for.</summary>
    public readonly DnsRecordType Type = type;

    /// <summary>Whether the AD bit is set, to learn whether the server validated (RFC 6840 §5.7).</summary>
    public readonly bool IsAuthenticatedDataWanted = isAuthenticatedDataWanted;

    /// <summary>The largest datagram we take; 0 for a query without OPT, and so without any option.</summary>
    public readonly int UdpPayloadSize = udpPayloadSize;

    /// <summary>The 8 to 40 octets of the COOKIE option (RFC 7873); empty for none.</summary>
    public readonly ReadOnlySpan<byte> Cookie = cookie;

    /// <summary>Whether an empty edns-tcp-keepalive option is sent (RFC 7828 §3.2.1); over TCP only.</summary>
    public readonly bool AsksForKeepalive = asksForKeepalive;
}

namespace StubResolver.Transport;

/// <summary>What the next octets of a TCP stream are.</summary>
internal enum TcpFrameState
{
    /// <summary>Not yet a whole message.</summary>
    Incomplete,

    /// <summary>A whole message.</summary>
    Complete,

    /// <summary>A length that no message has: the stream cannot be read any further.</summary>
    Malformed,
}

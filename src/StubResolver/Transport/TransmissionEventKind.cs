namespace StubResolver.Transport;

/// <summary>What happened to a transmission.</summary>
internal enum TransmissionEventKind
{
    /// <summary>A reply that matches and parses. The transmission has ended.</summary>
    Response,

    /// <summary>A reply over UDP that matches and is truncated: it says so, or it did not fit into the buffer. The transmission has ended.</summary>
    Truncated,

    /// <summary>A reply that matches but cannot be read. The transmission has ended.</summary>
    Unreadable,

    /// <summary>The socket or connection failed. The transmission has ended.</summary>
    Failed,

    /// <summary>Something went wrong that no reply and no network explains. The transmission has ended.</summary>
    Faulted,

    /// <summary>A datagram from the server that almost matched: wrong id or question. The transmission keeps listening.</summary>
    NearMiss,

    /// <summary>A reply that matches in all but the letter case we chose; with its content where it can be read. The transmission keeps listening.</summary>
    CaseMismatch,

    /// <summary>A reply that does not repeat our cookie, from a server that is known to. The transmission keeps listening.</summary>
    CookieMismatch,
}

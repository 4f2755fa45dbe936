namespace StubResolver.Diagnostics;

/// <summary>Why a datagram from the server was not taken as a reply.</summary>
internal enum DatagramRejection
{
    /// <summary>Too short, not a response, or of another opcode.</summary>
    Junk,

    /// <summary>The id or the question is not the one sent.</summary>
    Mismatch,

    /// <summary>The letter case of the name is not the one sent.</summary>
    LetterCase,

    /// <summary>The client cookie is wrong, or missing where the server is known to send it.</summary>
    Cookie,
}

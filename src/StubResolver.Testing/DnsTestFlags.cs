using System.Diagnostics.CodeAnalysis;

namespace StubResolver.Testing;

/// <summary>The flags in the header of a message, by their bits in its second 16-bit word (RFC 1035 §4.1.1, RFC 4035 §3).</summary>
[Flags]
[SuppressMessage("Naming", "CA1711", Justification = "The registry calls them \"DNS Header Flags\".")]
public enum DnsTestFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Checking disabled.</summary>
    CD = 0x0010,

    /// <summary>Authentic data.</summary>
    AD = 0x0020,

    /// <summary>Recursion available.</summary>
    RA = 0x0080,

    /// <summary>Recursion desired.</summary>
    RD = 0x0100,

    /// <summary>Truncated.</summary>
    TC = 0x0200,

    /// <summary>Authoritative answer.</summary>
    AA = 0x0400,

    /// <summary>The message is a response.</summary>
    QR = 0x8000,
}

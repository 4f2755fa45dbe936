namespace StubResolver.Wire;

/// <summary>The EDNS options this library writes or reads (IANA registry "DNS EDNS0 Option Codes (OPT)").</summary>
internal static class EdnsOption
{
    /// <summary>The octets of code and length before the data of each option (RFC 6891 §6.1.2).</summary>
    public const int HeaderSize = 4;

    /// <summary>COOKIE (RFC 7873).</summary>
    public const ushort Cookie = 10;

    /// <summary>edns-tcp-keepalive (RFC 7828).</summary>
    public const ushort TcpKeepalive = 11;

    /// <summary>Extended DNS Error (RFC 8914).</summary>
    public const ushort ExtendedError = 15;
}

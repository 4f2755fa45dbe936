namespace StubResolver.Testing.Messages;

/// <summary>Numbers of EDNS options (IANA registry "DNS EDNS0 Option Codes").</summary>
internal static class EdnsOptionCode
{
    public const int Cookie = 10; // RFC 7873

    public const int TcpKeepalive = 11; // RFC 7828

    public const int ExtendedError = 15; // RFC 8914
}

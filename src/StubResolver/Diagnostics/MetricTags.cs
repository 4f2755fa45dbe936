using System.Net.Sockets;

namespace StubResolver.Diagnostics;

/// <summary>The values of tags: constant strings, so that measuring allocates none.</summary>
internal static class MetricTags
{
    public static string ToTag(this CacheUse use) => use switch
    {
        CacheUse.Hit => "hit",
        CacheUse.NegativeHit => "negative_hit",
        CacheUse.Stale => "stale",
        _ => "miss",
    };

    public static string ToTag(this DatagramRejection reason) => reason switch
    {
        DatagramRejection.Mismatch => "mismatch",
        DatagramRejection.LetterCase => "letter_case",
        DatagramRejection.Cookie => "cookie",
        _ => "junk",
    };

    public static string ToTag(this DnsProtocol protocol) => protocol == DnsProtocol.Tcp ? "tcp" : "udp";

    /// <summary>Returns the error type of an exception, as the runtime's own name resolution reports it.</summary>
    public static string ToErrorType(this Exception exception) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound } => "host_not_found",
        SocketException { SocketErrorCode: SocketError.TryAgain } => "try_again",
        SocketException { SocketErrorCode: SocketError.NoRecovery } => "no_recovery",
        _ => exception.GetType().FullName ?? exception.GetType().Name,
    };
}

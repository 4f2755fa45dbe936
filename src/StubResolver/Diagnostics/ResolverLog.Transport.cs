using Microsoft.Extensions.Logging;

namespace StubResolver.Diagnostics;

/// <content>What is said about servers; ids from 2001.</content>
internal static partial class ResolverLog
{
    [LoggerMessage(EventId = 2001, Level = LogLevel.Debug, Message = "The query {Type} {Name} to {Server} over {Protocol} failed: {Error} ({DurationMs} ms).")]
    public static partial void QueryFailed(ILogger logger, string type, string name, DnsServer server, string protocol, DnsError error, double durationMs);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Error, Message = "The question {Type} {Name} failed in an unexpected way.")]
    public static partial void QuestionFaulted(ILogger logger, Exception exception, string type, string name);

    [LoggerMessage(EventId = 2101, Level = LogLevel.Warning, Message = "{Server} {Problem}; it is asked after the others from now on.")]
    public static partial void ServerFails(ILogger logger, DnsServer server, string problem);

    [LoggerMessage(EventId = 2102, Level = LogLevel.Information, Message = "{Server} answers again.")]
    public static partial void ServerIsBack(ILogger logger, DnsServer server);

    [LoggerMessage(
        EventId = 2103,
        Level = LogLevel.Warning,
        Message = "{Server} got over {Limit} datagrams a second for {Seconds} s. Each takes a place in connection tracking for 30 s or more: use the cache, tcp:// to a cache on this node, or IPv6 = Never.")]
    public static partial void TooManyDatagrams(ILogger logger, DnsServer server, int limit, int seconds);

    [LoggerMessage(
        EventId = 2104,
        Level = LogLevel.Information,
        Message = "{Server} answers one query on a TCP connection and loses the others; it is asked one query a connection for {Minutes} min.")]
    public static partial void PipeliningRefused(ILogger logger, DnsServer server, int minutes);

    [LoggerMessage(EventId = 2105, Level = LogLevel.Error, Message = "A TCP connection to {Server} failed unexpectedly.")]
    public static partial void ConnectionFaulted(ILogger logger, Exception exception, DnsServer server);
}

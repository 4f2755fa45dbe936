using Microsoft.Extensions.Logging;

namespace StubResolver.Extensions;

/// <summary>All log messages of this package. Ids: 41xx configuration, 51xx HTTP clients, 61xx warm-up.</summary>
internal static partial class ExtensionsLog
{
    public const string HttpClientsCategory = "StubResolver.HttpClients";
    public const string ConfigurationCategory = "StubResolver.Configuration";
    public const string WarmUpCategory = "StubResolver.WarmUp";

    [LoggerMessage(EventId = 4101, Level = LogLevel.Warning, Message = "The configuration section '{Section}' does not exist; the settings of DNS resolution keep their values.")]
    public static partial void SectionMissing(ILogger logger, string section);

    [LoggerMessage(EventId = 5101, Level = LogLevel.Warning, Message =
        "HttpClient '{Client}' keeps resolving names with the operating system: its primary handler is {HandlerType}, and only SocketsHttpHandler lets others "
        + "connect. Configure one, or call UseSystemDns on the client to say that this is meant.")]
    public static partial void HandlerNotSupported(ILogger logger, string client, Type handlerType);

    [LoggerMessage(EventId = 5102, Level = LogLevel.Warning, Message =
        "HttpClient '{Client}' has a ConnectCallback of its own, which is kept: its names are not resolved by StubResolver, and options set for it are not in "
        + "force. Connect in it with "
        + "DnsConnector.ConnectAsync, or call UseSystemDns on the client to say that this is meant.")]
    public static partial void CallbackKept(ILogger logger, string client);

    [LoggerMessage(EventId = 5103, Level = LogLevel.Warning, Message =
        "HttpClient '{Client}' keeps resolving names with the operating system: its primary handler has sent requests before, and cannot be changed any more.")]
    public static partial void HandlerInUse(ILogger logger, string client, Exception exception);

    [LoggerMessage(EventId = 5104, Level = LogLevel.Warning, Message =
        "HttpClient '{Client}' keeps the DnsConnector that its primary handler connects with: the options or the key that were set for the client are not in "
        + "force. Set them where the handler is made.")]
    public static partial void ConnectorKept(ILogger logger, string client);

    [LoggerMessage(EventId = 6101, Level = LogLevel.Debug, Message = "{Name} is resolved: {Count} addresses.")]
    public static partial void NameIsWarm(ILogger logger, string name, int count);

    [LoggerMessage(EventId = 6102, Level = LogLevel.Warning, Message = "{Name} could not be resolved at start; it is tried again later.")]
    public static partial void NameNotWarm(ILogger logger, string name, Exception exception);
}

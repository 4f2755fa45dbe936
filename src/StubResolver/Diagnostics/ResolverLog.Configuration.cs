using Microsoft.Extensions.Logging;

namespace StubResolver.Diagnostics;

/// <content>What is said about the system's configuration; ids from 4001.</content>
internal static partial class ResolverLog
{
    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "{Source} {Problem}; 127.0.0.1 and ::1 are asked.")]
    public static partial void NoServerConfigured(ILogger logger, string source, string problem);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Warning, Message = "{Source} {Problem}; the last good configuration stays in use.")]
    public static partial void LastConfigurationKept(ILogger logger, string source, string problem);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Warning, Message = "{Source} {Problem}; it is not used.")]
    public static partial void HostsFileNotUsed(ILogger logger, string source, string problem);

    [LoggerMessage(EventId = 4004, Level = LogLevel.Debug, Message = "{Source} has options that are unknown or cannot be read, and ignored: {Options}.")]
    public static partial void UnknownOptionsIgnored(ILogger logger, string source, IReadOnlyList<string> options);

    [LoggerMessage(EventId = 4007, Level = LogLevel.Warning, Message = "{Source} has lines that cannot be used, and are ignored: {Lines}.")]
    public static partial void LinesIgnored(ILogger logger, string source, string lines);

    [LoggerMessage(EventId = 4005, Level = LogLevel.Information, Message = "The system's configuration has changed: {Changes}.")]
    public static partial void ConfigurationChanged(ILogger logger, string changes);

    [LoggerMessage(EventId = 4006, Level = LogLevel.Error, Message = "Reading the system's configuration failed in an unexpected way; the last good configuration stays in use.")]
    public static partial void UpdateFailed(ILogger logger, Exception exception);
}

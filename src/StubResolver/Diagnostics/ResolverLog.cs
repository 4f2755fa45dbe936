using Microsoft.Extensions.Logging;

namespace StubResolver.Diagnostics;

/// <summary>What a resolver logs; ids from 1001.</summary>
internal static partial class ResolverLog
{
    [LoggerMessage(
        EventId = 1002,
        Level = LogLevel.Information,
        Message = "Address lookups are answered in {Mode} mode, {Reason}; servers: {Servers} ({Origin}); search list: {SearchList}, ndots {Ndots}; budget of a lookup: {BudgetMs} ms; configuration section: {Section}.")]
    public static partial void ResolverStarts(
        ILogger logger, DnsResolverMode mode, string reason, string servers, string origin, string searchList, int ndots, double budgetMs, string section);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Warning, Message = "{Variable} is '{Text}', which is none of managed, system and shadow; it is ignored.")]
    public static partial void ModeUnreadable(ILogger logger, string variable, string text);

    [LoggerMessage(
        EventId = 1004,
        Level = LogLevel.Warning,
        Message = "The operating system resolves {Name} to {System} in {SystemMs} ms, this library to {Managed} in {ManagedMs} ms.")]
    public static partial void ShadowDiffers(ILogger logger, string name, string system, double systemMs, string managed, double managedMs);

    [LoggerMessage(EventId = 1006, Level = LogLevel.Error, Message = "The lookup of {Name} to compare with the operating system's failed in an unexpected way.")]
    public static partial void ShadowFailed(ILogger logger, Exception exception, string name);

    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "The callback of the watch of {Name} failed.")]
    public static partial void WatchCallbackFailed(ILogger logger, Exception exception, string name);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Error, Message = "The lookup of the watch of {Name} failed in an unexpected way; it is tried again.")]
    public static partial void WatchLookupFailed(ILogger logger, Exception exception, string name);
}

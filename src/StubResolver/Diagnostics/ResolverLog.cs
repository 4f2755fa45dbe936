using Microsoft.Extensions.Logging;

namespace StubResolver.Diagnostics;

/// <summary>What a resolver logs; ids from 1001.</summary>
internal static partial class ResolverLog
{
    [LoggerMessage(EventId = 1001, Level = LogLevel.Error, Message = "The callback of the watch of {Name} failed.")]
    public static partial void WatchCallbackFailed(ILogger logger, Exception exception, string name);
}

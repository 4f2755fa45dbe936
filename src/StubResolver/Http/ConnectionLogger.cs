using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StubResolver.Diagnostics;

namespace StubResolver;

/// <summary>Makes the loggers of what connects.</summary>
internal static class ConnectionLogger
{
    /// <summary>Returns the logger of a class: of the factory in the options, else of the one that the resolver logs with, else one that says nothing.</summary>
    public static ILogger Create<T>(DnsConnectorOptions? options, IDnsResolver resolver) =>
        (options?.LoggerFactory ?? FindFactory(resolver)) is { } factory ? new GuardedLogger(factory.CreateLogger<T>()) : NullLogger.Instance;

    private static ILoggerFactory? FindFactory(IDnsResolver resolver) => resolver switch
    {
        DnsResolver own => own.LoggerFactory,
        BorrowedResolver borrowed => borrowed.LoggerFactory,
        _ => null,
    };
}

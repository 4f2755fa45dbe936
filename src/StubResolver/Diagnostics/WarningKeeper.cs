using Microsoft.Extensions.Logging;

namespace StubResolver.Diagnostics;

/// <summary>Stands in for a logger where nothing is logged: keeps the first warning until somebody takes it. Thread-safe.</summary>
internal sealed class WarningKeeper : ILogger
{
    private string? _warning;

    /// <summary>Returns the warning, and keeps the next one.</summary>
    public string? Take() => Volatile.Read(ref _warning) is null ? null : Interlocked.Exchange(ref _warning, null);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Interlocked.CompareExchange(ref _warning, formatter(state, exception), null);
        }
    }
}

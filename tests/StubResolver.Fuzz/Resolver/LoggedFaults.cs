using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace StubResolver.Fuzz.Resolver;

/// <summary>Keeps what the resolver logs as an error: a fault of its own.</summary>
internal sealed class LoggedFaults : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<string> _faults = new();

    public string? First => _faults.TryPeek(out string? fault) ? fault : null;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true; // so that every message is put together

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        string message = formatter(state, exception);
        if (logLevel >= LogLevel.Error)
        {
            _faults.Enqueue($"{logLevel}: {message} {exception}");
        }
    }

    public void Dispose()
    {
    }
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace StubResolver.Extensions.Tests;

/// <summary>Keeps what is logged, as "event id: message", and tells when something is.</summary>
internal sealed class ListLogger : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _messages = new();
    private readonly TaskCompletionSource _warned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyCollection<string> Messages => _messages;

    /// <summary>Completes with the first warning.</summary>
    public Task Warned => _warned.Task;

    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("StubResolver", StringComparison.Ordinal) ? this : new ListLogger();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _messages.Enqueue($"{eventId.Id}: {formatter(state, exception)}");
        if (logLevel == LogLevel.Warning)
        {
            _warned.TrySetResult();
        }
    }

    public void Dispose()
    {
    }
}

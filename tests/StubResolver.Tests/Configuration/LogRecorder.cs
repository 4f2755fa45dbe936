using Microsoft.Extensions.Logging;

namespace StubResolver.Tests.Configuration;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogRecorder : ILogger
{
    private readonly Lock _lock = new();
    private readonly List<(LogLevel Level, string Text)> _entries = [];

    public IReadOnlyList<string> Warnings => Texts(LogLevel.Warning);

    public IReadOnlyList<string> Texts(LogLevel level)
    {
        lock (_lock)
        {
            return [.. _entries.Where(entry => entry.Level == level).Select(entry => entry.Text)];
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lock)
        {
            _entries.Add((logLevel, formatter(state, exception)));
        }
    }
}

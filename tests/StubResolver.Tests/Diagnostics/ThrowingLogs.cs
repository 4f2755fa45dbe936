using Microsoft.Extensions.Logging;

namespace StubResolver.Tests.Diagnostics;

/// <summary>Loggers that throw at each message.</summary>
internal sealed class ThrowingLogs : ILoggerFactory, ILogger, IAsyncDisposable
{
    private int _calls;

    /// <summary>Gets how often something was logged.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Interlocked.Increment(ref _calls);
        throw new NotFiniteNumberException("the logger's");
    }

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace StubResolver.Tests.Http;

/// <summary>A logger factory that keeps what is logged, of all levels.</summary>
internal sealed class LogCollector : ILoggerFactory
{
    private readonly FakeLogCollector _collector = new();

    /// <summary>What was logged: level, id, category's last part, and text.</summary>
    public IEnumerable<string> Entries => _collector.GetSnapshot()
        .Select(record => $"{record.Level} {record.Id.Id} {record.Category!.Split('.')[^1]}: {record.Message}");

    public ILogger CreateLogger(string categoryName) => new FakeLogger(_collector, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}

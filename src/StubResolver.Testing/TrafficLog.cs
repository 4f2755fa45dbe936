using System.Net;
using StubResolver.Testing.Messages;

namespace StubResolver.Testing;

/// <summary>What arrived at a server, and who waits for more. Thread-safe.</summary>
internal sealed class TrafficLog(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private readonly long _start = timeProvider.GetTimestamp();
    private readonly List<DnsTestQuery> _queries = [];
    private readonly Dictionary<string, int> _attempts = new(StringComparer.OrdinalIgnoreCase);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _connections;
    private int _openConnections;
    private bool _isDisposed;

    public int ConnectionCount => Volatile.Read(ref _connections);

    public int OpenConnectionCount => Volatile.Read(ref _openConnections);

    public IReadOnlyList<DnsTestQuery> Snapshot()
    {
        lock (_lock)
        {
            return [.. _queries];
        }
    }

    public DnsTestQuery Add(QueryMessage message, DnsProtocol protocol, IPEndPoint source, int? connection)
    {
        lock (_lock)
        {
            string key = $"{protocol} {message.Type} {message.Name}";
            long now = timeProvider.GetTimestamp();
            int attempt = _attempts[key] = _attempts.GetValueOrDefault(key) + 1;
            DnsTestQuery query = new(message, protocol, source, connection)
            {
                Time = timeProvider.GetUtcNow(),
                Timestamp = now,
                Elapsed = timeProvider.GetElapsedTime(_start, now),
                Attempt = attempt,
            };
            _queries.Add(query);
            Signal();
            return query;
        }
    }

    /// <summary>Returns the number of the connection that was just accepted.</summary>
    public int OpenConnection()
    {
        lock (_lock)
        {
            _openConnections++;
            Signal();
            return ++_connections;
        }
    }

    public void CloseConnection()
    {
        lock (_lock)
        {
            _openConnections--;
            Signal();
        }
    }

    /// <summary>Waits until a condition holds, looked at now and after each arrival.</summary>
    public async Task WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (condition())
            {
                return;
            }

            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), typeof(DnsTestServer));
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends all waits that are not fulfilled.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isDisposed = true;
            Signal();
        }
    }

    private void Signal()
    {
        _changed.SetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

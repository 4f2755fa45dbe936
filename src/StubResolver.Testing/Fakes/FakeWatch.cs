using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Testing.Fakes;

/// <summary>One watch of a fake resolver: calls its callback on the thread pool, one call at a time, in the order of the changes. Thread-safe.</summary>
internal sealed class FakeWatch(
    string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed, Action<Exception> onError, Action<FakeWatch> onDispose)
    : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<DnsAnswer<DnsAddressRecord>> _pending = new();
    private HashSet<IPAddress> _lastSet = [];
    private bool _isCalling;
    private bool _isDisposed;

    public string Name => name;

    public AddressFamily AddressFamily => addressFamily;

    /// <summary>Passes an outcome on, unless it is a failure or the same set of addresses as before.</summary>
    public void Publish(FakeOutcome outcome)
    {
        if (outcome.Error is not null)
        {
            return;
        }

        DnsAnswer<DnsAddressRecord> answer = outcome.ToAnswer<DnsAddressRecord>(name);
        lock (_lock)
        {
            if (_lastSet.SetEquals(answer.Records.Select(record => record.Address)))
            {
                return;
            }

            _lastSet = [.. answer.Records.Select(record => record.Address)];
            _pending.Enqueue(answer);
            if (!_isCalling)
            {
                _isCalling = true;
                ThreadPool.UnsafeQueueUserWorkItem(static watch => watch.CallAll(), this, preferLocal: false);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _pending.Clear();
        }

        onDispose(this);
    }

    private void CallAll()
    {
        while (TryTake(out DnsAnswer<DnsAddressRecord>? answer))
        {
            try
            {
                changed(answer);
            }
            catch (Exception exception)
            {
                onError(exception);
            }
        }
    }

    private bool TryTake([NotNullWhen(true)] out DnsAnswer<DnsAddressRecord>? answer)
    {
        lock (_lock)
        {
            answer = null;
            _isCalling = !_isDisposed && _pending.TryDequeue(out answer);
            return _isCalling;
        }
    }
}

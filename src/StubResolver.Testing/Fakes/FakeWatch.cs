using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Testing.Fakes;

/// <summary>One watch of a fake resolver: calls its callbacks on the thread pool, one call at a time, in the order of the changes. Thread-safe.</summary>
internal sealed class FakeWatch(
    string name,
    AddressFamily addressFamily,
    Action<DnsAnswer<DnsAddressRecord>> changed,
    Action<DnsException>? failed,
    Action<Exception> onError,
    Action<FakeWatch> onDispose)
    : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _pending = new();
    private HashSet<IPAddress> _lastSet = [];
    private DnsError? _lastError;
    private bool _isCalling;
    private bool _isDisposed;

    public string Name => name;

    public AddressFamily AddressFamily => addressFamily;

    /// <summary>Passes an outcome on, unless it is the failure or the set of addresses that was there before.</summary>
    public void Publish(FakeOutcome outcome)
    {
        lock (_lock)
        {
            bool isNew = outcome.Error is null ? IsNew(outcome) : failed is not null && outcome.Error != _lastError;
            _lastError = outcome.Error;
            if (isNew)
            {
                Enqueue(outcome.Error is null
                    ? () => changed(outcome.ToAnswer<DnsAddressRecord>(name))
                    : () => failed!(outcome.ToException(name)));
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

    private bool IsNew(FakeOutcome outcome)
    {
        HashSet<IPAddress> addresses = [.. outcome.Records.Cast<DnsAddressRecord>().Select(record => record.Address)];
        bool isNew = !_lastSet.SetEquals(addresses);
        _lastSet = addresses;
        return isNew;
    }

    private void Enqueue(Action call)
    {
        _pending.Enqueue(call);
        if (!_isCalling)
        {
            _isCalling = true;
            ThreadPool.UnsafeQueueUserWorkItem(static watch => watch.CallAll(), this, preferLocal: false);
        }
    }

    private void CallAll()
    {
        while (TryTake(out Action? call))
        {
            try
            {
                call();
            }
            catch (Exception exception)
            {
                onError(exception);
            }
        }
    }

    private bool TryTake([NotNullWhen(true)] out Action? call)
    {
        lock (_lock)
        {
            call = null;
            _isCalling = !_isDisposed && _pending.TryDequeue(out call);
            return _isCalling;
        }
    }
}

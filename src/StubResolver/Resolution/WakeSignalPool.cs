using System.Collections.Concurrent;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Keeps idle signals, for their timers; bounded.</summary>
internal sealed class WakeSignalPool(TimeProvider time) : IDisposable
{
    private const int MaxIdle = 1024;

    private readonly ConcurrentQueue<WakeSignal> _idle = new();
    private int _idleCount;
    private volatile bool _isDisposed;

    public WakeSignal Rent()
    {
        if (_idle.TryDequeue(out WakeSignal? signal))
        {
            Interlocked.Decrement(ref _idleCount);
            return signal;
        }

        return new WakeSignal(time);
    }

    /// <summary>Takes back a signal; a late setter only wakes the next waiter once for nothing.</summary>
    public void Return(WakeSignal signal)
    {
        if (_isDisposed || Interlocked.Increment(ref _idleCount) > MaxIdle)
        {
            Interlocked.Decrement(ref _idleCount);
            signal.Dispose();
            return;
        }

        _idle.Enqueue(signal);
    }

    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryDequeue(out WakeSignal? signal))
        {
            signal.Dispose();
        }
    }
}

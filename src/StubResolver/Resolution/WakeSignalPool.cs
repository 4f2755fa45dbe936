using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Keeps idle signals, for their timers; bounded.</summary>
internal sealed class WakeSignalPool(TimeProvider time) : IDisposable
{
    private const int MaxIdle = 1024;

    private readonly IdlePool<WakeSignal> _idle = new(MaxIdle);

    public WakeSignal Rent() => _idle.TryTake(out WakeSignal? signal) ? signal : new WakeSignal(time);

    /// <summary>Takes back a signal; a late setter only wakes the next waiter once for nothing.</summary>
    public void Return(WakeSignal signal) => _idle.Return(signal);

    public void Dispose() => _idle.Dispose();
}

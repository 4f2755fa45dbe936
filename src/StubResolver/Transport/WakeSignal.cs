using System.Threading.Tasks.Sources;

namespace StubResolver.Transport;

/// <summary>Wakes one waiter when somebody sets it or when a moment has come, whichever is first; setting it before the wait counts.</summary>
/// <remarks>Wake-ups may be spurious: the waiter looks at its state again. One waiter at a time, any number of setters.</remarks>
internal sealed class WakeSignal : IValueTaskSource, IThreadPoolWorkItem, IDisposable
{
    /// <summary>A moment that never comes.</summary>
    public const long Never = long.MaxValue;

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _source;
    private ITimer? _timer;
    private long _timerDue = Never;
    private bool _isWaiting;
    private bool _isSet;
    private bool _isDisposed;

    public WakeSignal(TimeProvider time)
    {
        _time = time;
        _source.RunContinuationsAsynchronously = false;
    }

    public void Set()
    {
        lock (_gate)
        {
            if (!_isWaiting)
            {
                _isSet = true;
                return;
            }

            _isWaiting = false;
        }

        _source.SetResult(true); // outside the lock: the waiter goes on right here
    }

    /// <summary>Sets it from a work item of its own: for setters that must not wait for what the waiter does next.</summary>
    /// <param name="isInOrder">Whether what was set aside before goes first; else this thread does it next, unless another one is idle.</param>
    public void SetAside(bool isInOrder = false) => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: !isInOrder);

    /// <summary>Waits until the signal is set, or until the time provider's timestamp is at least <paramref name="until"/>.</summary>
    public ValueTask WaitAsync(long until)
    {
        lock (_gate)
        {
            if (_isSet || !TryArm(until))
            {
                _isSet = false;
                return ValueTask.CompletedTask;
            }

            _source.Reset();
            _isWaiting = true;
            return new ValueTask(this, _source.Version);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    void IThreadPoolWorkItem.Execute() => Set();

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <summary>Sees to it that the timer wakes the waiter in time; false where the moment has come.</summary>
    /// <remarks>A timer that is due earlier stays as it is, and the clock is not read: a spurious wake-up costs less than either.</remarks>
    private bool TryArm(long until)
    {
        if (until >= _timerDue || _isDisposed)
        {
            return true;
        }

        long now = _time.GetTimestamp();
        if (until <= now)
        {
            return false;
        }

        _timerDue = until;
        TimeSpan dueTime = RoundUp(_time.GetElapsedTime(now, until));
        if (_timer is not null)
        {
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
            return true;
        }

        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _timer = _time.CreateTimer(static state => ((WakeSignal)state!).OnTimer(), this, dueTime, Timeout.InfiniteTimeSpan);
        }

        return true;
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _timerDue = Never;
        }

        Set();
    }

    // Timers count in whole milliseconds; rounding down would wake the waiter just too early, again and again.
    private static TimeSpan RoundUp(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(time.TotalMilliseconds)));
}

using Microsoft.Extensions.Time.Testing;

namespace StubResolver.Tests.Transport;

/// <summary>A clock that stands still, and throws where it is told to: an exception in the midst of a callback.</summary>
internal sealed class FaultyTime : FakeTimeProvider
{
    private int _timerFaults;
    private int _readFaults;

    /// <summary>Lets the next timer fail.</summary>
    public void FailTimer() => Volatile.Write(ref _timerFaults, 1);

    /// <summary>Lets the next reading of the clock fail.</summary>
    public void FailReading() => Volatile.Write(ref _readFaults, 1);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ThrowOnce(ref _timerFaults);
        return base.CreateTimer(callback, state, dueTime, period);
    }

    public override long GetTimestamp()
    {
        ThrowOnce(ref _readFaults);
        return base.GetTimestamp();
    }

    private static void ThrowOnce(ref int faults)
    {
        if (Interlocked.Exchange(ref faults, 0) != 0)
        {
            throw new NotFiniteNumberException("no network brings this");
        }
    }
}

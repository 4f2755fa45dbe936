using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace StubResolver.Tests.Caching;

/// <summary>A clock whose wall can be set without a word to the monotonic one, as an administrator does.</summary>
internal sealed class JumpingTimeProvider : FakeTimeProvider
{
    private TimeSpan _wallOffset;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _wallOffset;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    /// <summary>Gets how far off the timers were due when they were made.</summary>
    public ConcurrentQueue<TimeSpan> DueTimes { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        DueTimes.Enqueue(dueTime);
        return base.CreateTimer(callback, state, dueTime, period);
    }

    public void SetWallClock(TimeSpan ahead) => _wallOffset += ahead;
}

using Microsoft.Extensions.Internal;

namespace StubResolver.Caching;

/// <summary>The clock that lives are measured on: monotonic, in ticks of 100 ns, so that setting the wall clock changes no life.</summary>
/// <remarks>
/// The system's clock is read in milliseconds: a hit reads the clock twice, and the coarse one costs a sixth of
/// <see cref="TimeProvider.GetTimestamp"/> (benchmark: CacheHit).
/// </remarks>
internal sealed class CacheClock(TimeProvider time) : ISystemClock
{
    // Far from both ends, so that adding a life never overflows.
    private static readonly DateTimeOffset s_origin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly bool _isSystem = ReferenceEquals(time, TimeProvider.System);
    private long _skipped;

    /// <summary>The time now.</summary>
    public long Now => Volatile.Read(ref _skipped) + (_isSystem
        ? Environment.TickCount64 * TimeSpan.TicksPerMillisecond
        : time.GetElapsedTime(0).Ticks);

    /// <summary>The same time in the form the memory cache wants.</summary>
    DateTimeOffset ISystemClock.UtcNow => ToDate(Now);

    /// <summary>Returns a moment of this clock in the form the memory cache wants.</summary>
    public static DateTimeOffset ToDate(long moment) => s_origin.AddTicks(moment);

    /// <summary>Counts time that the monotonic clock slept through.</summary>
    public void Skip(TimeSpan time) => Interlocked.Add(ref _skipped, time.Ticks);
}

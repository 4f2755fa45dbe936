namespace StubResolver.Caching;

/// <summary>
/// The clock that lives are measured on: monotonic, in ticks of 100 ns, so that setting the wall clock changes no life. Knows where its moments
/// lie on the wall clock, for users to read. Thread-safe.
/// </summary>
/// <remarks>
/// The system's clock is compared with the wall clock once a second at most; any other time provider at each reading.
/// </remarks>
internal sealed class CacheClock
{
    // More than clocks that are being adjusted drift apart in a while, and less than anybody would notice in a date.
    private const long LeastJump = TimeSpan.TicksPerSecond / 2;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly CoarseClock _clock;
    private readonly Func<TimeSpan>? _getSuspendedTime;
    private long _suspendedTicks;
    private long _skippedTicks;
    private long _wallOffset;
    private long _nextLook;
    private int _wallVersion;

    /// <param name="time">The clock underneath.</param>
    /// <param name="getSuspendedTime">How long the host has slept while the monotonic clock stood; <see langword="null"/> where it does not stand.</param>
    public CacheClock(TimeProvider time, Func<TimeSpan>? getSuspendedTime = null)
    {
        _time = time;
        _clock = new CoarseClock(time);
        _getSuspendedTime = getSuspendedTime;
        _suspendedTicks = getSuspendedTime?.Invoke().Ticks ?? 0;
        _wallOffset = time.GetUtcNow().UtcTicks - Read();
    }

    /// <summary>The time now.</summary>
    public long Now
    {
        get
        {
            long now = Read();
            return now < Volatile.Read(ref _nextLook) ? now : LookAtWallClock(now);
        }
    }

    /// <summary>Changes when the wall clock was set: dates made before are off.</summary>
    public int WallVersion => Volatile.Read(ref _wallVersion);

    /// <summary>Returns the date of a moment of this clock.</summary>
    public DateTimeOffset ToDate(long moment) => new(Volatile.Read(ref _wallOffset) + moment, TimeSpan.Zero);

    private long Read() => Volatile.Read(ref _skippedTicks) + _clock.Now;

    private long LookAtWallClock(long now)
    {
        if (!_gate.TryEnter())
        {
            return now; // somebody is looking
        }

        try
        {
            if (IsWallClockOff(now) && SkipSuspendedTime() is var skipped and > 0)
            {
                now += skipped;
            }

            if (IsWallClockOff(now))
            {
                Volatile.Write(ref _wallOffset, _time.GetUtcNow().UtcTicks - now);
                Volatile.Write(ref _wallVersion, _wallVersion + 1);
            }

            Volatile.Write(ref _nextLook, _clock.IsSystem ? now + TimeSpan.TicksPerSecond : now);
            return now;
        }
        finally
        {
            _gate.Exit();
        }
    }

    private bool IsWallClockOff(long now) => Math.Abs(_time.GetUtcNow().UtcTicks - now - _wallOffset) > LeastJump;

    // What the wall clock says beyond that is somebody setting it.
    private long SkipSuspendedTime()
    {
        long suspended = _getSuspendedTime?.Invoke().Ticks ?? 0;
        long slept = suspended - _suspendedTicks;
        if (slept < LeastJump)
        {
            return 0;
        }

        _suspendedTicks = suspended;
        Volatile.Write(ref _skippedTicks, _skippedTicks + slept);
        return slept;
    }
}

namespace StubResolver.Caching;

/// <summary>
/// Something known about a name, with its life. What it says is immutable; only the cache sets the moments, when it takes it. Moments beside the
/// end of its life are kept as milliseconds from there: a name has three items, and there are many names (test: MemoryTests).
/// </summary>
internal abstract class CacheItem
{
    /// <summary>A moment that never comes.</summary>
    public const long Never = long.MaxValue;

    private int _keptMilliseconds;
    private int _renewalMilliseconds; // before the end of its life where positive: the refresh; after it where negative: the recheck
    private int _wallVersion;

    /// <summary>What it is about the name: an outcome for the name as typed, a question, a failure.</summary>
    public int Slot { get; protected set; }

    /// <summary>Until when it counts, on the cache's clock; 0 where it never was in the cache.</summary>
    public long FreshUntil { get; private set; }

    /// <summary>Until when it is kept beyond that.</summary>
    public long KeptUntil => FreshUntil + (_keptMilliseconds * TimeSpan.TicksPerMillisecond);

    /// <summary>From when on a hit is to refresh it.</summary>
    public long PrefetchFrom =>
        Volatile.Read(ref _renewalMilliseconds) is var before and > 0 ? FreshUntil - (before * TimeSpan.TicksPerMillisecond) : Never;

    /// <summary>Past its life, after a renewal failed: when to ask again. The one thing about an item that others than the cache set.</summary>
    public long RecheckAt
    {
        get => FreshUntil - (Math.Min(0, Volatile.Read(ref _renewalMilliseconds)) * TimeSpan.TicksPerMillisecond);
        set => Volatile.Write(ref _renewalMilliseconds, -ToMilliseconds(TimeSpan.FromTicks(value - FreshUntil)));
    }

    /// <summary>The next item of the same name; belongs to its entry.</summary>
    public CacheItem? Next { get; set; }

    /// <summary>Takes the one refresh there is; true for one caller only.</summary>
    public bool TryClaimPrefetch() =>
        Volatile.Read(ref _renewalMilliseconds) is var before and > 0 && Interlocked.CompareExchange(ref _renewalMilliseconds, 0, before) == before;

    /// <summary>Begins its life in the cache.</summary>
    public void Begin(int slot, long now, in CacheLife life, int wallVersion)
    {
        Slot = slot;
        FreshUntil = now + life.Fresh.Ticks;
        _wallVersion = wallVersion;
        _keptMilliseconds = ToMilliseconds(life.Stale);
        _renewalMilliseconds = life.PrefetchAfter is { } after ? Math.Max(1, ToMilliseconds(life.Fresh - after)) : 0;
    }

    /// <summary>Brings the dates it tells users in line with the wall clock, if that was set.</summary>
    public void FollowWallClock(CacheClock clock)
    {
        int version = clock.WallVersion;
        if (_wallVersion != version)
        {
            SetExpiry(clock.ToDate(FreshUntil));
            Volatile.Write(ref _wallVersion, version);
        }
    }

    /// <summary>Returns a time in milliseconds, cut off at 24 days, which is more than any setting allows.</summary>
    protected static int ToMilliseconds(TimeSpan time) => (int)Math.Clamp(time.Ticks / TimeSpan.TicksPerMillisecond, 0, int.MaxValue);

    /// <summary>Sets the date at which its life ends, for users to read.</summary>
    protected virtual void SetExpiry(DateTimeOffset date)
    {
    }
}

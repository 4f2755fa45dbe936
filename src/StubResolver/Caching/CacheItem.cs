namespace StubResolver.Caching;

/// <summary>Something known about a name, with its life. What it says is immutable; only the cache sets the moments, when it takes it.</summary>
internal abstract class CacheItem
{
    /// <summary>A moment that never comes.</summary>
    public const long Never = long.MaxValue;

    private long _prefetchFrom = Never;

    /// <summary>What it is about the name: an outcome for the name as typed, a question, a failure.</summary>
    public int Slot { get; private set; }

    /// <summary>Until when it counts, on the cache's clock.</summary>
    public long FreshUntil { get; private set; }

    /// <summary>Until when it is kept beyond that.</summary>
    public long KeptUntil { get; private set; }

    /// <summary>From when on a hit is to refresh it.</summary>
    public long PrefetchFrom => Volatile.Read(ref _prefetchFrom);

    /// <summary>Takes the one refresh there is; true for one caller only.</summary>
    public bool TryClaimPrefetch() => Interlocked.Exchange(ref _prefetchFrom, Never) != Never;

    /// <summary>Begins its life in the cache.</summary>
    public void Begin(int slot, long now, in CacheLife life)
    {
        Slot = slot;
        FreshUntil = now + life.Fresh.Ticks;
        KeptUntil = FreshUntil + life.Stale.Ticks;
        Volatile.Write(ref _prefetchFrom, life.PrefetchAfter is { } after ? now + after.Ticks : Never);
    }
}

namespace StubResolver.Caching;

/// <summary>All that is known about one name: one entry of the memory cache. Readers take no lock; writers hold the cache's.</summary>
internal sealed class NameEntry(string key)
{
    // Moments of the cache's clock take 61 bits until the year 7300: the class of an entry goes above them.
    private const long UsedOnce = 1L << 61;
    private const long UsedAgain = 2L << 61;

    /// <summary>The most items of one name: who asks it for ever more types does not make it grow.</summary>
    public const int MaxItems = 32;

    private CacheItem? _first;
    private long _lastUsed; // its lowest bit tells whether it was used again: 100 ns more or less do not matter
    private volatile bool _isRemoved;

    /// <summary>The name, in lower case.</summary>
    public readonly string Key = key;

    /// <summary>Tells it apart from most others without a look at the key.</summary>
    public readonly uint Hash = HotNames.GetHash(key);

    /// <summary>Whether it is no longer in the cache.</summary>
    public bool IsRemoved => _isRemoved;

    // Items change places only under the cache's lock. Who goes along meanwhile may miss one that was replaced: its successor is the first then.
    private CacheItem? First => Volatile.Read(ref _first);

    public CacheItem? Find(int slot)
    {
        CacheItem? first;
        CacheItem? item;
        do
        {
            first = First;
            item = first;
            while (item is not null && item.Slot != slot)
            {
                item = item.Next;
            }
        }
        while (item is null && HasChanged(first));

        return item;
    }

    /// <summary>Whether any of the items that count is of a kind.</summary>
    public bool HasFresh(long now, Func<CacheItem, bool> isOfKind)
    {
        CacheItem? first;
        do
        {
            first = First;
            for (CacheItem? item = first; item is not null; item = item.Next)
            {
                if (item.FreshUntil > now && isOfKind(item))
                {
                    return true;
                }
            }
        }
        while (HasChanged(first));

        return false;
    }

    // The look comes after all that the walk read, also on processors that would read it before.
    private bool HasChanged(CacheItem? first)
    {
        Interlocked.MemoryBarrier();
        return first != First;
    }

    /// <summary>Tells those who still find it that it is no longer in the cache.</summary>
    public void OnRemoved() => _isRemoved = true;

    /// <summary>Whether it was hit within the last second or so.</summary>
    public bool WasUsedJustNow(long now) => (_lastUsed & 1) != 0 && now - _lastUsed < 2 * TimeSpan.TicksPerSecond;

    /// <summary>Notes a hit. Written once a second at most, so that those who hit the same name do not slow each other.</summary>
    public void OnHit(long now)
    {
        if (now - _lastUsed > TimeSpan.TicksPerSecond || (_lastUsed & 1) == 0)
        {
            _lastUsed = now | 1;
        }
    }

    /// <summary>Puts an item in its slot and leaves out those whose time is over, and the oldest where there are too many.</summary>
    public void Set(CacheItem item, long now)
    {
        bool isUsedAgain = (_lastUsed & 1) != 0 && IsKept(now); // a name that comes back after its time is a new one
        item.Next = _first;
        Volatile.Write(ref _first, item); // first of all, so that nobody finds the slot empty
        Remove(other => other != item && (other.Slot == item.Slot || other.KeptUntil <= now));
        MakeRoom();
        _lastUsed = isUsedAgain ? now | 1 : now & ~1L;
    }

    public void Remove(int slot) => Remove(item => item.Slot == slot);

    /// <summary>Whether anything in it is still kept.</summary>
    public bool IsKept(long now)
    {
        for (CacheItem? item = First; item is not null; item = item.Next)
        {
            if (item.KeptUntil > now)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Returns how much it is worth to keep: first to go are names of which nothing counts any more, then those that were never asked for again, as
    /// in floods of random names; among them the one used longest ago.
    /// </summary>
    public long GetWorth(long now)
    {
        if (!IsKept(now))
        {
            return long.MinValue;
        }

        return _lastUsed + (!HasFresh(now, static _ => true) ? 0 : (_lastUsed & 1) != 0 ? UsedAgain : UsedOnce);
    }

    // The oldest is the last. What addresses are made of is far less than there is room for.
    private void MakeRoom()
    {
        int count = 0;
        CacheItem? oldest = null;
        for (CacheItem? item = _first; item is not null; item = item.Next)
        {
            count++;
            oldest = CacheSlot.IsOfAddresses(item.Slot) ? oldest : item;
        }

        if (count > MaxItems && oldest is not null)
        {
            Remove(oldest.Slot);
        }
    }

    private void Remove(Func<CacheItem, bool> isOver)
    {
        CacheItem? before = null;
        for (CacheItem? item = _first; item is not null; item = item.Next)
        {
            if (!isOver(item))
            {
                before = item;
            }
            else if (before is null)
            {
                Volatile.Write(ref _first, item.Next);
            }
            else
            {
                before.Next = item.Next;
            }
        }
    }
}

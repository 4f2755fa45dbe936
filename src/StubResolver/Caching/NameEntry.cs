using Microsoft.Extensions.Caching.Memory;

namespace StubResolver.Caching;

/// <summary>All that is known about one name: one entry of the memory cache. Readers take no lock; writers hold the cache's.</summary>
internal sealed class NameEntry(ICacheEntry handle)
{
    private CacheItem[] _items = [];
    private bool _isReused;

    /// <summary>The items; never changed in place.</summary>
    public ReadOnlySpan<CacheItem> Items => Volatile.Read(ref _items);

    public CacheItem? Find(int slot)
    {
        foreach (CacheItem item in Items)
        {
            if (item.Slot == slot)
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>Notes a hit: from the second use on the name is evicted after those that were never used again, as floods of random names are.</summary>
    public void OnHit()
    {
        if (!_isReused)
        {
            _isReused = true;
            handle.Priority = CacheItemPriority.Normal;
        }
    }

    /// <summary>Makes the name the first to be evicted.</summary>
    public void Demote()
    {
        _isReused = false;
        handle.Priority = CacheItemPriority.Low;
    }

    /// <summary>Puts an item in its slot and leaves out those whose time is over.</summary>
    public void Set(CacheItem item, long now)
    {
        _items = [item, .. _items.Where(other => other.Slot != item.Slot && other.KeptUntil > now)];
        ExtendLife(item.KeptUntil);
    }

    public void Remove(int slot)
    {
        if (Find(slot) is not null)
        {
            _items = [.. _items.Where(other => other.Slot != slot)];
        }
    }

    /// <summary>Whether nothing in it counts any more.</summary>
    public bool IsStale(long now)
    {
        foreach (CacheItem item in Items)
        {
            if (item.FreshUntil > now)
            {
                return false;
            }
        }

        return true;
    }

    // The memory cache reads the expiration anew each time it looks at an entry, so that a longer life needs no new entry.
    private void ExtendLife(long until)
    {
        DateTimeOffset date = CacheClock.ToDate(until);
        if (handle.AbsoluteExpiration is not { } known || known < date)
        {
            handle.AbsoluteExpiration = date;
        }
    }
}

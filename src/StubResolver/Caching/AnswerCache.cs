using System.Buffers;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace StubResolver.Caching;

/// <summary>Keeps what is known about names, bounded in their number. Thread-safe; a hit takes no lock and allocates nothing.</summary>
/// <remarks>
/// <para>
/// The memory cache holds the entries. Lives and room are decided here: its expiry follows the wall clock, and once it is full it drops what is
/// new until a background task has made room. Here the newcomer takes the place of what is worth least (<see cref="NameEntry.GetWorth"/>), at
/// once and always in the same way.
/// </para>
/// <para>
/// The memory cache writes to its entry at each hit, which makes threads that hit the same name wait for each other. So names that are hit again
/// and again are found before it (<see cref="HotNames"/>).
/// </para>
/// <para>
/// Names used once go before names used again. So a flood of random names only displaces itself: 1,000,000 of them against a capacity of 10,000
/// leave a name that is asked for once a second in place, at a constant size.
/// </para>
/// </remarks>
internal sealed class AnswerCache : IDisposable
{
    /// <summary>The longest text of a name that is cached: 255 octets with a few escapes. The key of a look-up is built on the stack.</summary>
    private const int MaxNameLength = 512;

    private static readonly long s_sweepInterval = TimeSpan.FromMinutes(1).Ticks;

    public readonly CacheClock Clock;

    private readonly Lock _gate = new();
    private readonly MemoryCache? _entries;
    private readonly NameRoster _roster;
    private readonly HotNames _hot = new();
    private readonly ClearMarks _marks = new();
    private readonly Action<NameEntry> _remove;
    private readonly Action<int>? _evicted;
    private long _nextSweep;

    /// <param name="capacity">The number of names; 0 keeps nothing.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="evicted">Told how many names had to go for want of room.</param>
    public AnswerCache(int capacity, CacheClock clock, Action<int>? evicted = null)
    {
        Clock = clock;
        _evicted = evicted;
        _roster = new NameRoster(capacity);
        _remove = entry =>
        {
            _entries?.Remove(entry.Key);
            _hot.Remove(entry);
        };
        if (capacity > 0)
        {
            _entries = new MemoryCache(new MemoryCacheOptions { Clock = new StoppedClock(), ExpirationScanFrequency = TimeSpan.MaxValue });
        }
    }

    /// <summary>The number of names.</summary>
    public int Count => _roster.Count;

    /// <summary>Returns a number that changes when a name is cleared: what was asked before that is not to be stored.</summary>
    public int GetEpoch(ReadOnlySpan<char> name) => _marks.Get(name);

    /// <summary>Returns what is kept in a slot of a name, fresh or not.</summary>
    /// <param name="name">The name in any case, without a trailing dot.</param>
    /// <param name="slot">The slot.</param>
    public CacheItem? Find(ReadOnlySpan<char> name, int slot) =>
        FindEntry(name)?.Find(slot) is { } item && item.KeptUntil > Clock.Now ? item : null;

    /// <summary>Returns what counts now in a slot of a name, and notes the hit.</summary>
    /// <param name="name">The name in any case, without a trailing dot.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="now">The time of the look-up.</param>
    public CacheItem? FindFresh(ReadOnlySpan<char> name, int slot, out long now)
    {
        now = 0;
        if (FindEntry(name, out bool isHot) is not { } entry || entry.Find(slot) is not { } item)
        {
            return null;
        }

        now = Clock.Now;
        if (now >= item.FreshUntil)
        {
            return null;
        }

        if (!isHot && entry.WasUsedJustNow(now))
        {
            _hot.Offer(entry, now);
        }

        entry.OnHit(now);
        item.FollowWallClock(Clock);
        return item;
    }

    /// <summary>Whether any of the items of a name that count now is of a kind.</summary>
    public bool HasFresh(ReadOnlySpan<char> name, Func<CacheItem, bool> isOfKind) =>
        FindEntry(name) is { } entry && entry.HasFresh(Clock.Now, isOfKind);

    /// <summary>Whether an answer that lives from now on is worth having refreshed the one before for.</summary>
    public bool IsWorthwhile(TimeSpan life, CacheItem before, TimeSpan lifeBefore) =>
        AnswerLifetime.IsPrefetchWorthwhile(TimeSpan.FromTicks(Clock.Now + life.Ticks - before.FreshUntil), lifeBefore);

    /// <summary>Keeps an item, in place of the one in its slot.</summary>
    /// <param name="name">The name.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="item">The item; it must not be in the cache yet.</param>
    /// <param name="life">How long it lives.</param>
    /// <param name="epoch">What <see cref="GetEpoch"/> said when it was asked for.</param>
    public void Store(string name, int slot, CacheItem item, in CacheLife life, int epoch)
    {
        if (_entries is null || name.Length > MaxNameLength || life.Fresh <= TimeSpan.Zero)
        {
            return;
        }

        int evicted = 0;
        lock (_gate)
        {
            if (epoch == _marks.Get(name))
            {
                long now = Clock.Now;
                Sweep(now);
                item.Begin(slot, now, life, Clock.WallVersion);
                (FindEntry(name) ?? Create(name, now, out evicted)).Set(item, now);
            }
        }

        if (evicted > 0)
        {
            _evicted?.Invoke(evicted);
        }
    }

    /// <summary>Empties a slot.</summary>
    /// <param name="name">The name.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="epoch">What <see cref="GetEpoch"/> said when the reason for it was asked for.</param>
    public void Remove(ReadOnlySpan<char> name, int slot, int epoch)
    {
        if (FindEntry(name)?.Find(slot) is null)
        {
            return; // as nearly always: no lock for that
        }

        lock (_gate)
        {
            if (epoch == _marks.Get(name))
            {
                FindEntry(name)?.Remove(slot);
            }
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _marks.Clear();
            _roster.Clear();
            _entries?.Clear();
            _hot.Clear();
        }
    }

    /// <summary>Forgets one name.</summary>
    public void Clear(ReadOnlySpan<char> name)
    {
        lock (_gate)
        {
            _marks.Clear(name);
            if (FindEntry(name) is { } entry)
            {
                _roster.Remove(entry);
                _remove(entry);
            }
        }
    }

    public void Dispose() => _entries?.Dispose();

    private NameEntry? FindEntry(ReadOnlySpan<char> name) => FindEntry(name, out _);

    /// <param name="name">The name in any case.</param>
    /// <param name="isHot">Whether it is among the hot names.</param>
    private NameEntry? FindEntry(ReadOnlySpan<char> name, out bool isHot)
    {
        isHot = false;
        return _entries is null ? null
            : FindKey(name, out isHot) is { } entry ? entry // keys are in lower case: what is found as it is needs no look at its letters
            : HasUpperCase(name) ? FindFolded(name, out isHot)
            : null;
    }

    private NameEntry? FindFolded(ReadOnlySpan<char> name, out bool isHot)
    {
        isHot = false;
        if (name.Length > MaxNameLength)
        {
            return null;
        }

        Span<char> key = stackalloc char[name.Length];
        Fold(name, key);
        return FindKey(key, out isHot);
    }

    private NameEntry? FindKey(ReadOnlySpan<char> key, out bool isHot)
    {
        if (_hot.Find(key) is { } hot)
        {
            isHot = true;
            return hot;
        }

        isHot = false;
        return _entries!.TryGetValue(key, out object? value) ? (NameEntry?)value : null;
    }

    private NameEntry Create(string name, long now, out int evicted)
    {
        evicted = _roster.IsFull ? _roster.MakeRoom(now, _remove) : 0;
        NameEntry entry = new(HasUpperCase(name) ? string.Create(name.Length, name, static (key, name) => Fold(name, key)) : name);
        _roster.Add(entry);
        _hot.Fit(_roster.Count);
        using ICacheEntry handle = _entries!.CreateEntry(entry.Key);
        handle.Value = entry;
        return entry;
    }

    // Looks are amortised over the newcomers of a minute.
    private void Sweep(long now)
    {
        if (now >= _nextSweep)
        {
            _nextSweep = now + s_sweepInterval;
            _roster.RemoveExpired(now, _remove);
        }
    }

    // A plain loop: the framework's searchers are compiled at their first use, which takes 2 ms.
    private static bool HasUpperCase(ReadOnlySpan<char> name)
    {
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c))
            {
                return true;
            }
        }

        return false;
    }

    // Only ASCII letters fold (RFC 4343); the vector form gives up at the first character beyond ASCII.
    private static void Fold(ReadOnlySpan<char> name, Span<char> key)
    {
        if (Ascii.ToLower(name, key, out _) == OperationStatus.Done)
        {
            return;
        }

        for (int i = 0; i < name.Length; i++)
        {
            key[i] = char.IsAsciiLetterUpper(name[i]) ? (char)(name[i] | 0x20) : name[i];
        }
    }

    // Nothing in the memory cache expires by itself, so that it need not ask what time it is at each hit.
    private sealed class StoppedClock : ISystemClock
    {
        public DateTimeOffset UtcNow => DateTimeOffset.UnixEpoch;
    }
}

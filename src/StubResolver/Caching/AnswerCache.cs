using System.Buffers;
using System.Text;
using Microsoft.Extensions.Caching.Memory;

namespace StubResolver.Caching;

/// <summary>Keeps what is known about names, bounded in their number. Thread-safe; a hit takes no lock and allocates nothing.</summary>
internal sealed class AnswerCache : IDisposable
{
    /// <summary>The longest text of a name that is cached: 255 octets with a few escapes. The key of a look-up is built on the stack.</summary>
    private const int MaxNameLength = 512;

    private readonly Lock _gate = new();
    private readonly MemoryCache? _entries;
    private readonly PostEvictionDelegate? _evicted;
    private int _epoch;

    /// <param name="capacity">The number of names; 0 keeps nothing.</param>
    /// <param name="time">The clock.</param>
    /// <param name="evicted">Told when a name had to go for want of room.</param>
    public AnswerCache(int capacity, TimeProvider time, Action? evicted = null)
    {
        Clock = new CacheClock(time);
        _evicted = evicted is null ? null : (_, _, reason, _) => OnEvicted(reason, evicted);
        if (capacity > 0)
        {
            _entries = new MemoryCache(new MemoryCacheOptions { SizeLimit = capacity, Clock = Clock, CompactionPercentage = 0.05 });
        }
    }

    public CacheClock Clock { get; }

    /// <summary>The number of names.</summary>
    public int Count => _entries?.Count ?? 0;

    /// <summary>Changes when something is cleared: what was asked before that is not to be stored.</summary>
    public int Epoch => Volatile.Read(ref _epoch);

    /// <summary>Returns what is kept in a slot of a name, fresh or not.</summary>
    /// <param name="name">The name in any case, without a trailing dot.</param>
    /// <param name="slot">The slot.</param>
    public CacheItem? Find(ReadOnlySpan<char> name, int slot) => FindEntry(name)?.Find(slot);

    /// <summary>Returns what counts now in a slot of a name, and notes the hit.</summary>
    public CacheItem? FindFresh(ReadOnlySpan<char> name, int slot, out long now)
    {
        now = 0;
        if (FindEntry(name) is not { } entry || entry.Find(slot) is not { } item)
        {
            return null;
        }

        now = Clock.Now;
        if (now >= item.FreshUntil)
        {
            return null;
        }

        entry.OnHit();
        return item;
    }

    /// <summary>Keeps an item, in place of the one in its slot.</summary>
    /// <param name="name">The name.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="item">The item; it must not be in the cache yet.</param>
    /// <param name="life">How long it lives.</param>
    /// <param name="epoch">The <see cref="Epoch"/> when it was asked for.</param>
    public void Store(string name, int slot, CacheItem item, in CacheLife life, int epoch)
    {
        if (_entries is null || name.Length > MaxNameLength || life.Fresh <= TimeSpan.Zero)
        {
            return;
        }

        lock (_gate)
        {
            if (epoch == _epoch)
            {
                long now = Clock.Now;
                item.Begin(slot, now, life);
                (FindEntry(name) ?? Create(name, item)).Set(item, now);
            }
        }
    }

    /// <summary>Empties a slot.</summary>
    public void Remove(ReadOnlySpan<char> name, int slot)
    {
        lock (_gate)
        {
            FindEntry(name)?.Remove(slot);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _epoch++;
            _entries?.Clear();
        }
    }

    /// <summary>Forgets one name.</summary>
    public void Clear(ReadOnlySpan<char> name)
    {
        lock (_gate)
        {
            _epoch++;
            if (_entries is not null && name.Length <= MaxNameLength)
            {
                Span<char> key = stackalloc char[name.Length];
                Fold(name, key);
                _entries.Remove(key.ToString());
            }
        }
    }

    /// <summary>Makes names of which nothing counts any more the first to be evicted: they are kept only for when no server answers.</summary>
    public void DemoteStale()
    {
        long now = Clock.Now;
        foreach (object key in _entries?.Keys ?? [])
        {
            if (_entries!.TryGetValue((string)key, out object? value) && value is NameEntry entry && entry.IsStale(now))
            {
                entry.Demote();
            }
        }
    }

    public void Dispose() => _entries?.Dispose();

    private static void OnEvicted(EvictionReason reason, Action evicted)
    {
        if (reason == EvictionReason.Capacity)
        {
            evicted();
        }
    }

    private NameEntry? FindEntry(ReadOnlySpan<char> name)
    {
        if (_entries is null || name.Length > MaxNameLength)
        {
            return null;
        }

        Span<char> key = stackalloc char[name.Length];
        Fold(name, key);
        return _entries.TryGetValue(key, out object? value) ? (NameEntry?)value : null;
    }

    private NameEntry Create(string name, CacheItem item)
    {
        string key = string.Create(name.Length, name, static (key, name) => Fold(name, key));
        using ICacheEntry handle = _entries!.CreateEntry(string.Equals(key, name, StringComparison.Ordinal) ? name : key);
        NameEntry entry = new(handle);
        handle.Size = 1;
        handle.Value = entry;
        handle.Priority = CacheItemPriority.Low;
        handle.AbsoluteExpiration = CacheClock.ToDate(item.KeptUntil);
        if (_evicted is not null)
        {
            handle.RegisterPostEvictionCallback(_evicted);
        }

        return entry;
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
}

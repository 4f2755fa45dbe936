using System.Buffers;

namespace StubResolver.Caching;

/// <summary>The names in the cache, of which the least worth have to go when there are too many. Not thread-safe.</summary>
/// <remarks>Names go in batches of a twentieth, so that looking at all of them costs each newcomer only 20 of these looks.</remarks>
internal sealed class NameRoster(int capacity)
{
    private readonly int _limit = capacity + (capacity / 20);
    private readonly List<NameEntry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>Whether one more would be too many.</summary>
    public bool IsFull => _entries.Count >= _limit;

    public void Add(NameEntry entry) => _entries.Add(entry);

    public void Remove(NameEntry entry)
    {
        _entries.Remove(entry);
        entry.OnRemoved();
    }

    public void Clear()
    {
        _entries.ForEach(static entry => entry.OnRemoved());
        _entries.Clear();
    }

    /// <summary>Removes the names whose time is over.</summary>
    public void RemoveExpired(long now, Action<NameEntry> removed) =>
        _entries.RemoveAll(entry => !entry.IsKept(now) && Report(entry, removed));

    /// <summary>Removes the least worth names so that one more has room; returns how many went before their time.</summary>
    public int MakeRoom(long now, Action<NameEntry> removed)
    {
        RemoveExpired(now, removed);
        int surplus = _entries.Count - (capacity < _limit ? capacity : capacity - 1);
        if (surplus <= 0)
        {
            return 0;
        }

        long bar = FindBar(surplus, now, out int below);
        int atBar = surplus - below;
        _entries.RemoveAll(entry =>
        {
            long worth = entry.GetWorth(now);
            return (worth < bar || (worth == bar && atBar-- > 0)) && Report(entry, removed);
        });
        return surplus;
    }

    private static bool Report(NameEntry entry, Action<NameEntry> removed)
    {
        entry.OnRemoved();
        removed(entry);
        return true;
    }

    /// <summary>Returns the worth of the last name to go, and how many are worth less.</summary>
    private long FindBar(int surplus, long now, out int below)
    {
        long[] rented = ArrayPool<long>.Shared.Rent(_entries.Count);
        Span<long> worths = rented.AsSpan(0, _entries.Count);
        for (int i = 0; i < worths.Length; i++)
        {
            worths[i] = _entries[i].GetWorth(now);
        }

        worths.Sort();
        long bar = worths[surplus - 1];
        below = worths.IndexOf(bar);
        ArrayPool<long>.Shared.Return(rented);
        return bar;
    }
}

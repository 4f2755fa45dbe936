using System.Numerics;
using System.Runtime.InteropServices;

namespace StubResolver.Caching;

/// <summary>
/// Names that are hit again and again, in front of the memory cache: that writes to an entry at each hit, so that threads which hit the same names
/// wait for each other (benchmarks: threads, hits). This is hardly ever written. Thread-safe, without locks.
/// </summary>
/// <remarks>
/// It grows with the cache, so that nearly all names find a place, up to what fits the processor's own cache: of more names, two threads hardly ever
/// want the same one at a time.
/// </remarks>
internal sealed class HotNames
{
    private const int LeastPlaces = 64;
    private const int MostPlaces = 32_768;
    private const int Ways = 4; // the places that one name may have, side by side

    private NameEntry?[] _places = new NameEntry?[LeastPlaces];

    /// <summary>The number of places.</summary>
    public int Places => Volatile.Read(ref _places).Length;

    /// <summary>Returns what decides which places a name may have.</summary>
    /// <param name="key">The name in lower case.</param>
    public static uint GetHash(ReadOnlySpan<char> key)
    {
        // Cheaper than a seeded hash: names that were chosen to share places are only served by the memory cache.
        uint hash = (uint)key.Length;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<char, ulong>(key);
        foreach (ulong word in words)
        {
            hash = BitOperations.Crc32C(hash, word);
        }

        for (int i = words.Length * 4; i < key.Length; i++)
        {
            hash = BitOperations.Crc32C(hash, key[i]);
        }

        hash *= 0x9E37_79B1; // names that are numbered would crowd in some of the places
        return hash ^ (hash >> 16);
    }

    public NameEntry? Find(ReadOnlySpan<char> key)
    {
        uint hash = GetHash(key);
        foreach (ref NameEntry? place in GetPlaces(hash))
        {
            if (Volatile.Read(ref place) is { } entry && entry.Hash == hash && !entry.IsRemoved && key.SequenceEqual(entry.Key))
            {
                return entry;
            }
        }

        return null;
    }

    /// <summary>Lets go of a name that was removed.</summary>
    public void Remove(NameEntry entry)
    {
        foreach (ref NameEntry? place in GetPlaces(entry.Hash))
        {
            Interlocked.CompareExchange(ref place, null, entry);
        }
    }

    public void Clear() => Volatile.Write(ref _places, new NameEntry?[LeastPlaces]);

    /// <summary>Makes room for a number of names; those that were taken in come back when they are hit. Callers hold the cache's lock.</summary>
    public void Fit(int names)
    {
        int places = _places.Length;
        if (places < MostPlaces && names + (names / 2) > places)
        {
            Volatile.Write(ref _places, new NameEntry?[places * 2]);
        }
    }

    /// <summary>Takes a name in, unless others that are used too have all its places.</summary>
    public void Offer(NameEntry entry, long now)
    {
        foreach (ref NameEntry? place in GetPlaces(entry.Hash))
        {
            NameEntry? other = Volatile.Read(ref place);
            if (other == entry)
            {
                return; // another thread was first
            }

            if (other is not { IsRemoved: false } || !other.WasUsedJustNow(now))
            {
                Volatile.Write(ref place, entry);
                return;
            }
        }
    }

    private Span<NameEntry?> GetPlaces(uint hash)
    {
        NameEntry?[] places = Volatile.Read(ref _places);
        return places.AsSpan((int)(hash & (uint)(places.Length - Ways)), Ways);
    }
}

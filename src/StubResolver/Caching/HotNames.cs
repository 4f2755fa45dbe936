using System.Numerics;
using System.Runtime.InteropServices;

namespace StubResolver.Caching;

/// <summary>
/// Names that are hit again and again, in front of the memory cache: that writes to an entry at each hit, so that threads which hit one name wait
/// for each other (benchmark: threads). This is hardly ever written. Thread-safe, without locks.
/// </summary>
internal sealed class HotNames
{
    private const int Places = 1024;

    private readonly NameEntry?[] _places = new NameEntry?[Places];

    /// <summary>Returns the place of a name; several share one.</summary>
    /// <param name="key">The name in lower case.</param>
    public static int GetPlace(ReadOnlySpan<char> key)
    {
        // Cheaper than a seeded hash: names that were chosen to share a place are only served by the memory cache.
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

        return (int)(hash & (Places - 1));
    }

    public NameEntry? Find(ReadOnlySpan<char> key, int place) =>
        Volatile.Read(ref _places[place]) is { IsRemoved: false } entry && key.SequenceEqual(entry.Key) ? entry : null;

    /// <summary>Lets go of a name that was removed.</summary>
    public void Remove(NameEntry entry) => Interlocked.CompareExchange(ref _places[GetPlace(entry.Key)], null, entry);

    public void Clear() => Array.Clear(_places);

    /// <summary>Takes a name in, unless another one has the place and is used too.</summary>
    public void Offer(NameEntry entry, int place, long now)
    {
        if (Volatile.Read(ref _places[place]) is not { IsRemoved: false } other || !other.WasUsedJustNow(now))
        {
            Volatile.Write(ref _places[place], entry);
        }
    }
}

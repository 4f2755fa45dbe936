using System.Net.Sockets;
using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

/// <summary>Floods a cache and measures the memory of the process, which must do nothing else meanwhile.</summary>
internal sealed class CacheFlood : CacheTestBase
{
    /// <summary>The names until the cache is full, and the memory is measured for the first time.</summary>
    public const int WarmUp = 2000;

    private const int FewTypes = 1000;

    public FloodResult StoreNames(int flood)
    {
        int evicted = 0;
        int most = 0;
        long before = 0;
        bool isHotKept = true;
        using AnswerCache cache = CreateCache(capacity: 1000, count => evicted += count);
        Store(cache, "hot.test", fresh: 86_400);
        for (int i = 0; i < flood; i++)
        {
            before = i == WarmUp ? GC.GetTotalMemory(forceFullCollection: true) : before;
            Store(cache, $"{i * 7919L % 1_000_003}.random.test", fresh: 300);
            if (i % 10_000 == 0)
            {
                Advance(1);
                isHotKept &= cache.FindFresh("hot.test", Slot, out _) is not null;
            }

            most = Math.Max(most, cache.Count);
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        isHotKept &= cache.FindFresh("hot.test", Slot, out _) is not null;
        return new FloodResult(before, after, most, cache.Count, evicted, isHotKept);
    }

    public TypesResult StoreTypes(int types)
    {
        using AnswerCache cache = CreateCache();
        int addresses = CacheSlot.Lookup(AddressFamily.Unspecified, isFullyQualified: false);
        Store(cache, "a.test", slot: addresses);
        StoreTypes(cache, 0, FewTypes); // A and AAAA with them
        long before = GC.GetTotalMemory(forceFullCollection: true);

        StoreTypes(cache, FewTypes, types);

        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        int kept = Enumerable.Range(0, FewTypes + types).Count(type => cache.Find("a.test", CacheSlot.Question(type)) is not null);
        return new TypesResult(growth, kept, cache.FindFresh("a.test", addresses, out _) is not null);
    }

    private static void StoreTypes(AnswerCache cache, int from, int count)
    {
        for (int type = from; type < from + count; type++)
        {
            Store(cache, "a.test", slot: CacheSlot.Question(type));
        }
    }
}

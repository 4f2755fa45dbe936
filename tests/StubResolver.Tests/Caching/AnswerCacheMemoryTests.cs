using System.Globalization;
using System.Net.Sockets;
using StubResolver.Caching;
using StubResolver.Tests.Scenarios;
using Xunit.Abstractions;

namespace StubResolver.Tests.Caching;

/// <summary>The memory of a full cache stays flat. For a longer flood set STUBRESOLVER_FLOOD to the number of random names.</summary>
[Collection(nameof(RunsAlone))]
public sealed class AnswerCacheMemoryTests(ITestOutputHelper output) : CacheTestBase
{
    private const int Types = 64_000;

    private static readonly int s_flood =
        int.TryParse(Environment.GetEnvironmentVariable("STUBRESOLVER_FLOOD"), CultureInfo.InvariantCulture, out int count) ? count : 300_000;

    [Fact]
    public void Store_FloodOfRandomNames_LeavesANameThatIsUsedEverySecond()
    {
        const int WarmUp = 2000;
        int evicted = 0;
        int most = 0;
        long before = 0;
        using AnswerCache cache = CreateCache(capacity: 1000, count => evicted += count);
        Store(cache, "hot.test", fresh: 86_400);
        for (int i = 0; i < s_flood; i++)
        {
            if (i == WarmUp)
            {
                before = GC.GetTotalMemory(forceFullCollection: true); // the cache is full
            }

            Store(cache, $"{i * 7919L % 1_000_003}.random.test", fresh: 300);
            if (i % 10_000 == 0)
            {
                Advance(1);
                cache.FindFresh("hot.test", Slot, out _).Should().NotBeNull();
            }

            most = Math.Max(most, cache.Count);
        }

        long after = GC.GetTotalMemory(forceFullCollection: true);
        output.WriteLine($"{s_flood} names: {before} octets with a full cache, {after} after the flood; at most {most} names, {evicted} evicted");
        cache.FindFresh("hot.test", Slot, out _).Should().NotBeNull();
        cache.Count.Should().BeInRange(1000, 1050);
        most.Should().BeLessThanOrEqualTo(1050);
        evicted.Should().Be(s_flood + 1 - cache.Count);
        (after - before).Should().BeLessThan(4L * (s_flood - WarmUp), "not even a reference is left of each name that went");
    }

    [Fact]
    public void Store_EveryTypeOfOneName_TakesTheRoomOfAFew()
    {
        using AnswerCache cache = CreateCache();
        int addresses = CacheSlot.Lookup(AddressFamily.Unspecified, isFullyQualified: false);
        Store(cache, "a.test", slot: addresses);
        StoreTypes(cache, 0, 1000); // A and AAAA with them
        long before = GC.GetTotalMemory(forceFullCollection: true);

        StoreTypes(cache, 1000, Types);

        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine($"{Types} types: {growth} octets more than with 1000");
        Enumerable.Range(0, 1000 + Types).Count(type => cache.Find("a.test", CacheSlot.Question(type)) is not null).Should().Be(NameEntry.MaxItems - 1);
        cache.FindFresh("a.test", addresses, out _).Should().NotBeNull();
        growth.Should().BeLessThan(4L * Types);
    }

    private static void StoreTypes(AnswerCache cache, int from, int count)
    {
        for (int type = from; type < from + count; type++)
        {
            Store(cache, "a.test", slot: CacheSlot.Question(type));
        }
    }
}

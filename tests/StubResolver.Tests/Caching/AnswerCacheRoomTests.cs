using System.Net.Sockets;
using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

/// <summary>Who has to go when there are too many.</summary>
public sealed class AnswerCacheRoomTests : CacheTestBase
{
    private static readonly string[] s_watched = ["often.test", "again.test", "stale.test", "once.test"];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 10)]
    [InlineData(20, 21)]
    [InlineData(1000, 1050)]
    public void Store_MoreNamesThanFit_KeepsTheNewestWithinTheBound(int capacity, int limit)
    {
        using AnswerCache cache = CreateCache(capacity);
        int most = 0;
        for (int i = 0; i < 3 * limit; i++)
        {
            Store(cache, $"n{i}.test");
            Advance(0.001);
            most = Math.Max(most, cache.Count);
        }

        most.Should().Be(limit);
        Enumerable.Range((3 * limit) - capacity, capacity).Should().OnlyContain(i => Has(cache, $"n{i}.test"), "they are the newest");
    }

    [Fact]
    public void Store_NoRoom_StaleGoesFirstThenUsedOnceThenLongestUnused()
    {
        using AnswerCache cache = CreateCache(capacity: 4);
        Store(cache, "often.test", fresh: 600);
        Store(cache, "again.test", fresh: 600);
        Advance(2);
        cache.FindFresh("often.test", Slot, out _);
        cache.FindFresh("again.test", Slot, out _);
        Advance(2);
        cache.FindFresh("often.test", Slot, out _);
        Store(cache, "stale.test", fresh: 1, stale: 600);
        cache.FindFresh("stale.test", Slot, out _);
        Advance(2);
        Store(cache, "once.test", fresh: 600);
        List<string> order = [];
        for (int i = 0; i < 4; i++)
        {
            string[] before = [.. s_watched.Where(name => Has(cache, name))];
            Store(cache, $"new{i}.test", fresh: 600);
            cache.FindFresh($"new{i}.test", Slot, out _);
            order.AddRange(before.Where(name => !Has(cache, name)));
            Advance(1);
        }

        order.Should().Equal("stale.test", "once.test", "again.test", "often.test");
    }

    [Fact]
    public void Store_NoRoom_NamesWhoseTimeIsOverGoAndAreNotCounted()
    {
        int evicted = 0;
        using AnswerCache cache = CreateCache(capacity: 3, count => evicted += count);
        Store(cache, "a.test", fresh: 600);
        Store(cache, "over.test", fresh: 1);
        Store(cache, "b.test", fresh: 600);
        Advance(2);

        Store(cache, "c.test");

        evicted.Should().Be(0);
        (Has(cache, "a.test"), Has(cache, "b.test"), Has(cache, "c.test")).Should().Be((true, true, true));
    }

    [Fact]
    public void Store_NameThatComesBackAfterItsTime_CountsAsNew()
    {
        using AnswerCache cache = CreateCache(capacity: 2);
        Store(cache, "back.test", fresh: 10);
        cache.FindFresh("back.test", Slot, out _);
        Advance(20);
        Store(cache, "back.test", fresh: 600);
        Advance(1);
        Store(cache, "other.test", fresh: 600);
        cache.FindFresh("other.test", Slot, out _);

        Store(cache, "new.test");

        Has(cache, "back.test").Should().BeFalse("its use before does not count any more");
    }

    [Fact]
    public void Store_FromManyThreads_StaysWithinTheBound()
    {
        using AnswerCache cache = CreateCache(capacity: 200);
        int most = 0;

        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            Store(cache, $"n{i % 1000}.test");
            cache.FindFresh($"n{(i * 31) % 1000}.test", Slot, out _);
            if (i % 997 == 0)
            {
                cache.Clear($"n{i % 1000}.test");
            }

            int count = cache.Count;
            int known;
            while (count > (known = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, count, known) != known)
            {
            }
        });

        most.Should().BeInRange(100, 210);
        Enumerable.Range(0, 1000).Count(i => Has(cache, $"n{i}.test")).Should().Be(cache.Count, "the roster and the memory cache hold the same");
    }

    [Fact]
    public void Store_ManyTypesOfOneName_KeepsTheNewestAndWhatAddressesAreMadeOf()
    {
        using AnswerCache cache = CreateCache();
        int[] ofAddresses = [.. AddressSlots.Distinct()];
        Array.ForEach(ofAddresses, slot => Store(cache, "a.test", slot: slot));
        int[] others = [.. Enumerable.Range(256, 100).SelectMany(type => new[] { CacheSlot.Question(type), CacheSlot.Failure(type), CacheSlot.RecordLookup(type, true) })];

        Array.ForEach(others, slot => Store(cache, "a.test", slot: slot));

        ofAddresses.Where(slot => cache.Find("a.test", slot) is null).Should().BeEmpty();
        others.Where(slot => cache.Find("a.test", slot) is not null).Should().Equal(others[^(NameEntry.MaxItems - ofAddresses.Length)..]);
        cache.Count.Should().Be(1);
    }

    [Fact]
    public void Store_SlotThatIsTakenOfAFullName_CostsNoOtherItem()
    {
        using AnswerCache cache = CreateCache();
        int[] slots = [.. Enumerable.Range(256, NameEntry.MaxItems)];
        Array.ForEach(slots, slot => Store(cache, "a.test", slot: slot));

        Store(cache, "a.test", slot: slots[^1]);

        slots.Where(slot => cache.Find("a.test", slot) is null).Should().BeEmpty();
    }

    private static IEnumerable<int> AddressSlots =>
        from family in new[] { AddressFamily.Unspecified, AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 }
        let type = (int)(family == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.Aaaa)
        from slot in new[] { CacheSlot.Lookup(family, false), CacheSlot.Lookup(family, true), CacheSlot.Question(type), CacheSlot.Failure(type) }
        select slot;
}

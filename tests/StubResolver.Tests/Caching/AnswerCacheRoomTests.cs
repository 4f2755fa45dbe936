using System.Globalization;
using StubResolver.Caching;
using Xunit.Abstractions;

namespace StubResolver.Tests.Caching;

/// <summary>Who has to go when there are too many. For a longer flood set STUBRESOLVER_FLOOD to the number of random names.</summary>
public sealed class AnswerCacheRoomTests(ITestOutputHelper output) : CacheTestBase
{
    private static readonly int s_flood =
        int.TryParse(Environment.GetEnvironmentVariable("STUBRESOLVER_FLOOD"), CultureInfo.InvariantCulture, out int count) ? count : 100_000;

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
}

using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

public sealed class HotNamesTests : CacheTestBase
{
    [Fact]
    public void Find_NameThatWasTakenIn_ReturnsItUntilItIsRemoved()
    {
        HotNames hot = new();
        string[] names = [.. NamesOfOnePlace().Take(2)];
        NameEntry entry = new(names[0]);
        hot.Offer(entry, now: 0);

        hot.Find(names[0]).Should().BeSameAs(entry);
        hot.Find(names[1]).Should().BeNull("it only shares the place");
        entry.OnRemoved();

        hot.Find(names[0]).Should().BeNull();
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 4)]
    public void Offer_PlacesAreTaken_OnlyOneThatIsNoLongerUsedGoes(double seconds, int expected)
    {
        HotNames hot = new();
        NameEntry[] entries = [.. NamesOfOnePlace().Take(5).Select(name => new NameEntry(name))];
        foreach (NameEntry entry in entries[..4])
        {
            entry.OnHit(TimeSpan.TicksPerDay);
            hot.Offer(entry, TimeSpan.TicksPerDay);
        }

        hot.Offer(entries[4], TimeSpan.TicksPerDay + TimeSpan.FromSeconds(seconds).Ticks);

        hot.Find(entries[expected].Key).Should().BeSameAs(entries[expected]);
        hot.Find(entries[4 - expected].Key).Should().BeNull("there is one place too few");
        entries[1..4].Should().OnlyContain(entry => hot.Find(entry.Key) == entry);
    }

    [Fact]
    public void Remove_OtherNameHasThePlace_LeavesIt()
    {
        HotNames hot = new();
        NameEntry known = new("a.test");
        hot.Offer(known, now: 0);

        hot.Remove(new NameEntry("a.test"));
        hot.Find("a.test").Should().BeSameAs(known);
        hot.Remove(known);

        hot.Find("a.test").Should().BeNull();
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(10_000)]
    public void Offer_AllNamesOfACache_NearlyAllFindAPlace(int count)
    {
        HotNames hot = new();
        NameEntry[] entries = [.. Enumerable.Range(0, count).Select(i => new NameEntry($"service-{i}.namespace.svc.example"))];
        for (int i = 1; i <= count; i++)
        {
            hot.Fit(i);
        }

        foreach (NameEntry entry in entries)
        {
            entry.OnHit(TimeSpan.TicksPerDay);
            hot.Offer(entry, TimeSpan.TicksPerDay);
        }

        entries.Count(entry => hot.Find(entry.Key) == entry).Should().BeGreaterThan(count * 9 / 10);
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(43, 64)]
    [InlineData(44, 128)]
    [InlineData(100, 256)]
    [InlineData(10_500, 16_384)]
    [InlineData(1_000_000, 32_768)]
    public void Fit_MoreAndMoreNames_GrowsUpToTheBound(int names, int places)
    {
        HotNames hot = new();
        for (int i = 1; i <= names; i++)
        {
            hot.Fit(i);
        }

        hot.Places.Should().Be(places);
        hot.Clear();

        hot.Places.Should().Be(64);
    }

    [Fact]
    public void GetHash_ManyNames_SpreadsThem()
    {
        int hashes = Enumerable.Range(0, 10_000).Select(i => HotNames.GetHash($"service-{i}.namespace.svc.example") & 1023).Distinct().Count();

        hashes.Should().BeGreaterThan(1000);
    }

    [Fact]
    public void FindFresh_HotNameCleared_IsForgottenAndComesBackAnew()
    {
        using AnswerCache cache = CreateCache();
        StoreHot(cache, "a.test");
        StoreHot(cache, "b.test");

        cache.Clear("A.test");
        cache.FindFresh("a.test", Slot, out _).Should().BeNull();
        TestItem anew = Store(cache, "a.test");
        cache.FindFresh("a.test", Slot, out _).Should().BeSameAs(anew);
        cache.Clear();

        cache.FindFresh("a.test", Slot, out _).Should().BeNull();
        cache.FindFresh("b.test", Slot, out _).Should().BeNull();
    }

    [Fact]
    public void FindFresh_HotNameHadToGo_IsForgotten()
    {
        using AnswerCache cache = CreateCache(capacity: 1);
        StoreHot(cache, "a.test");

        Store(cache, "b.test");

        cache.FindFresh("a.test", Slot, out _).Should().BeNull();
        cache.Count.Should().Be(1);
    }

    [Fact]
    public void FindFresh_HotNamesTimeIsOver_IsForgotten()
    {
        using AnswerCache cache = CreateCache();
        StoreHot(cache, "a.test");
        Advance(120);

        Store(cache, "b.test"); // sweeps

        cache.FindFresh("a.test", Slot, out _).Should().BeNull();
        cache.Count.Should().Be(1);
    }

    private static IEnumerable<string> NamesOfOnePlace() =>
        Enumerable.Range(0, 100_000).Select(i => $"n{i}.test").Where(name => (HotNames.GetHash(name) & 0xFFF) < 4);

    // Three hits: used, used again, and from the front.
    private static void StoreHot(AnswerCache cache, string name)
    {
        TestItem item = Store(cache, name);
        for (int i = 0; i < 3; i++)
        {
            cache.FindFresh(name, Slot, out _).Should().BeSameAs(item);
        }
    }
}

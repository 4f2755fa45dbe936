using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

public sealed class HotNamesTests : CacheTestBase
{
    [Fact]
    public void Find_NameThatWasTakenIn_ReturnsItUntilItIsRemoved()
    {
        HotNames hot = new();
        NameEntry entry = new("a.test");
        int place = HotNames.GetPlace("a.test");
        hot.Offer(entry, place, now: 0);

        hot.Find("a.test", place).Should().BeSameAs(entry);
        hot.Find("b.test", place).Should().BeNull("it only shares the place");
        entry.OnRemoved();

        hot.Find("a.test", place).Should().BeNull();
    }

    [Theory]
    [InlineData(1, "first.test")]
    [InlineData(3, "second.test")]
    public void Offer_PlaceIsTaken_OnlyOneThatIsNoLongerUsedGoes(double seconds, string expected)
    {
        HotNames hot = new();
        NameEntry first = new("first.test");
        first.OnHit(TimeSpan.TicksPerDay);
        hot.Offer(first, place: 7, TimeSpan.TicksPerDay);
        NameEntry second = new("second.test");

        hot.Offer(second, place: 7, TimeSpan.TicksPerDay + TimeSpan.FromSeconds(seconds).Ticks);

        hot.Find(expected, 7)!.Key.Should().Be(expected);
    }

    [Fact]
    public void Remove_OtherNameHasThePlace_LeavesIt()
    {
        HotNames hot = new();
        NameEntry known = new("a.test");
        int place = HotNames.GetPlace("a.test");
        hot.Offer(known, place, now: 0);

        hot.Remove(new NameEntry("a.test"));
        hot.Find("a.test", place).Should().BeSameAs(known);
        hot.Remove(known);

        hot.Find("a.test", place).Should().BeNull();
    }

    [Fact]
    public void GetPlace_ManyNames_SpreadsThem()
    {
        int places = Enumerable.Range(0, 10_000).Select(i => HotNames.GetPlace($"service-{i}.namespace.svc.example")).Distinct().Count();

        places.Should().BeGreaterThan(1000);
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

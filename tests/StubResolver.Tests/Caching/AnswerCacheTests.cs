using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

public sealed class AnswerCacheTests : CacheTestBase
{
    [Theory]
    [InlineData(59.999, true)]
    [InlineData(60, false)]
    [InlineData(86_400, false)]
    public void FindFresh_AfterSomeTime_ReturnsItemUntilItsLifeEnds(double seconds, bool isFound)
    {
        using AnswerCache cache = CreateCache();
        TestItem item = Store(cache, "a.test", fresh: 60);
        Advance(seconds);

        cache.FindFresh("a.test", Slot, out _).Should().Be(isFound ? item : null);
    }

    [Theory]
    [InlineData("A.test", "a.TEST")]
    [InlineData("a.test", "A.TEST")]
    [InlineData("Ä.test", "Ä.TEST")]
    [InlineData("ÄB.test", "Äb.test")]
    public void FindFresh_OtherLetterCase_ReturnsItem(string stored, string asked)
    {
        using AnswerCache cache = CreateCache();
        TestItem item = Store(cache, stored);

        cache.FindFresh(asked, Slot, out _).Should().BeSameAs(item);
    }

    [Fact]
    public void FindFresh_LetterBeyondAsciiInOtherCase_ReturnsNothing()
    {
        using AnswerCache cache = CreateCache();
        Store(cache, "ä.test");

        cache.FindFresh("Ä.test", Slot, out _).Should().BeNull("only ASCII folds (RFC 4343)");
    }

    [Fact]
    public void FindFresh_OtherSlot_ReturnsNothing()
    {
        using AnswerCache cache = CreateCache();
        Store(cache, "a.test", slot: 1);

        cache.FindFresh("a.test", 2, out _).Should().BeNull();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Store_NoLife_KeepsNothing(double fresh)
    {
        using AnswerCache cache = CreateCache();
        Store(cache, "a.test", fresh, stale: 60);

        cache.Find("a.test", Slot).Should().BeNull();
        cache.Count.Should().Be(0);
    }

    [Fact]
    public void Store_CapacityZero_KeepsNothing()
    {
        using AnswerCache cache = CreateCache(capacity: 0);
        Store(cache, "a.test");

        cache.Find("a.test", Slot).Should().BeNull();
        cache.Count.Should().Be(0);
    }

    [Fact]
    public void Store_SameSlot_ReplacesItemAndKeepsOthers()
    {
        using AnswerCache cache = CreateCache();
        TestItem other = Store(cache, "a.test", slot: 2);
        Store(cache, "a.test");
        TestItem last = Store(cache, "A.test");

        cache.Find("a.test", Slot).Should().BeSameAs(last);
        cache.Find("a.test", 2).Should().BeSameAs(other);
        cache.Count.Should().Be(1);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(89.999, true)]
    [InlineData(90, false)]
    public void Find_ItemPastItsLife_ReturnsItWhileItIsKept(double seconds, bool isFound)
    {
        using AnswerCache cache = CreateCache();
        TestItem item = Store(cache, "a.test", fresh: 60, stale: 30);
        Store(cache, "a.test", fresh: 3600, slot: 2); // keeps the entry alive
        Advance(seconds);

        cache.FindFresh("a.test", Slot, out _).Should().BeNull();
        cache.Find("a.test", Slot).Should().Be(isFound ? item : null);
    }

    [Fact]
    public void Remove_OneSlot_KeepsTheOther()
    {
        using AnswerCache cache = CreateCache();
        Store(cache, "a.test", slot: 1);
        TestItem other = Store(cache, "a.test", slot: 2);

        cache.Remove("A.test", 1, cache.GetEpoch("a.test"));

        cache.Find("a.test", 1).Should().BeNull();
        cache.Find("a.test", 2).Should().BeSameAs(other);
    }

    [Fact]
    public void Remove_ReasonFromBeforeTheClearing_KeepsWhatCameAfter()
    {
        using AnswerCache cache = CreateCache();
        int epoch = cache.GetEpoch("a.test");
        cache.Clear("a.test");
        TestItem item = Store(cache, "a.test");

        cache.Remove("a.test", Slot, epoch);

        cache.Find("a.test", Slot).Should().BeSameAs(item);
    }

    [Fact]
    public void HasFresh_ItemsOfAName_LooksAtThoseThatCount()
    {
        using AnswerCache cache = CreateCache();
        Store(cache, "a.test", fresh: 10, stale: 60, slot: 1);
        Store(cache, "a.test", fresh: 20, slot: 2);
        Advance(10);

        cache.HasFresh("a.test", item => item.Slot == 1).Should().BeFalse("it is past its life");
        cache.HasFresh("a.test", item => item.Slot == 2).Should().BeTrue();
        cache.HasFresh("b.test", _ => true).Should().BeFalse();
    }

    [Fact]
    public void Clear_ItemAskedForBefore_IsNotStored()
    {
        using AnswerCache cache = CreateCache();
        Store(cache, "a.test");
        int epoch = cache.GetEpoch("b.test");

        cache.Clear();
        cache.Store("b.test", Slot, new TestItem("late"), new CacheLife(TimeSpan.FromMinutes(1)), epoch);

        cache.Count.Should().Be(0);
        Has(cache, "a.test").Should().BeFalse();
        Has(cache, "b.test").Should().BeFalse("it was asked for before");
    }

    [Fact]
    public void Clear_OneName_ForgetsItAndWhatWasAskedForAboutIt()
    {
        using AnswerCache cache = CreateCache();
        Store(cache, "a.test");
        Store(cache, "b.test");
        int epoch = cache.GetEpoch("a.test");

        cache.Clear("A.TEST");
        cache.Store("a.test", Slot, new TestItem("late"), new CacheLife(TimeSpan.FromMinutes(1)), epoch);

        Has(cache, "a.test").Should().BeFalse();
        Has(cache, "b.test").Should().BeTrue();
        cache.Count.Should().Be(1);
    }

    [Fact]
    public void Clear_OneName_LetsQueriesForOthersBeStored()
    {
        using AnswerCache cache = CreateCache(capacity: 1000);
        string[] names = [.. Enumerable.Range(0, 512).Select(i => $"n{i}.test")];
        int[] epochs = Array.ConvertAll(names, name => cache.GetEpoch(name));

        cache.Clear("cleared.test");

        names.Where((name, i) => cache.GetEpoch(name) == epochs[i]).Count().Should().BeGreaterThan(400, "only names that share its mark are lost");
    }

    [Fact]
    public void Store_AfterAMinute_SweepsNamesWhoseTimeIsOver()
    {
        using AnswerCache cache = CreateCache();
        Store(cache, "a.test", fresh: 30);
        Store(cache, "stale.test", fresh: 30, stale: 600);
        Advance(61);

        Store(cache, "b.test");

        cache.Count.Should().Be(2);
        Has(cache, "stale.test").Should().BeTrue();
    }

    [Fact]
    public void Store_NameLongerThanAny_KeepsNothing()
    {
        using AnswerCache cache = CreateCache();
        string name = new('A', 513);

        Store(cache, name);

        cache.FindFresh(name, Slot, out _).Should().BeNull();
    }
}

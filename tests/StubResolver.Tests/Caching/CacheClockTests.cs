using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

public sealed class CacheClockTests : CacheTestBase
{
    private static readonly TimeSpan s_tenYears = TimeSpan.FromDays(3653);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Now_WallClockJumpsByYears_GoesOn(int direction)
    {
        CacheClock clock = new(Time);
        long before = clock.Now;

        Time.SetWallClock(direction * s_tenYears);
        Advance(1);

        clock.Now.Should().Be(before + TimeSpan.TicksPerSecond);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void ToDate_WallClockJumpsByYears_FollowsIt(int direction)
    {
        CacheClock clock = new(Time);
        int version = clock.WallVersion;

        Time.SetWallClock(direction * s_tenYears);

        clock.ToDate(clock.Now).Should().Be(Time.GetUtcNow());
        clock.WallVersion.Should().NotBe(version);
    }

    [Fact]
    public void WallVersion_ClocksAreAdjusted_StaysTheSame()
    {
        CacheClock clock = new(Time);
        int version = clock.WallVersion;

        Time.SetWallClock(TimeSpan.FromMilliseconds(400));
        Advance(1);
        _ = clock.Now;

        clock.WallVersion.Should().Be(version, "dates that are off by that little do no harm");
    }

    [Fact]
    public void Now_HostWasSuspended_CountsTheTime()
    {
        TimeSpan suspended = TimeSpan.FromHours(1);
        CacheClock clock = new(Time, () => suspended);
        long before = clock.Now;
        DateTimeOffset date = clock.ToDate(before);

        suspended += TimeSpan.FromHours(8);
        Time.SetWallClock(TimeSpan.FromHours(8)); // the monotonic clock stood

        clock.Now.Should().Be(before + TimeSpan.FromHours(8).Ticks);
        clock.ToDate(before).Should().Be(date, "the wall clock was not set");
        clock.Now.Should().Be(before + TimeSpan.FromHours(8).Ticks, "it counts once");
    }

    [Fact]
    public void Now_HostWasSuspendedAndWallClockSet_CountsTheTimeItSlept()
    {
        TimeSpan suspended = TimeSpan.Zero;
        CacheClock clock = new(Time, () => suspended);
        long before = clock.Now;

        suspended = TimeSpan.FromHours(8);
        Time.SetWallClock(TimeSpan.FromHours(8) - s_tenYears);

        clock.Now.Should().Be(before + TimeSpan.FromHours(8).Ticks);
        clock.ToDate(clock.Now).Should().Be(Time.GetUtcNow());
    }

    [Fact]
    public void Now_SystemTime_GoesForward()
    {
        CacheClock clock = new(TimeProvider.System, () => TimeSpan.Zero);

        long first = clock.Now;
        long second = clock.Now;

        second.Should().BeGreaterThanOrEqualTo(first);
        clock.ToDate(second).Should().BeCloseTo(TimeProvider.System.GetUtcNow(), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void FindFresh_WallClockWasSet_TellsTheItemItsNewDate()
    {
        using AnswerCache cache = CreateCache();
        TestItem item = Store(cache, "a.test", fresh: 60);
        Advance(10);
        Time.SetWallClock(-s_tenYears);

        cache.FindFresh("a.test", Slot, out _).Should().BeSameAs(item);
        item.Expiry.Should().Be(Time.GetUtcNow() + TimeSpan.FromSeconds(50));
    }

    [Fact]
    public void FindFresh_WallClockWasNotSet_LeavesTheDate()
    {
        using AnswerCache cache = CreateCache();
        TestItem item = Store(cache, "a.test");
        Advance(10);

        cache.FindFresh("a.test", Slot, out _).Should().BeSameAs(item);
        item.Expiry.Should().BeNull();
    }
}

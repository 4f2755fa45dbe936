using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

public abstract class CacheTestBase
{
    private protected const int Slot = 1;

    private protected JumpingTimeProvider Time { get; } = new();

    private protected AnswerCache CreateCache(int capacity = 100, Action<int>? evicted = null) => new(capacity, new CacheClock(Time), evicted);

    private protected static TestItem Store(AnswerCache cache, string name, double fresh = 60, double stale = 0, int slot = Slot)
    {
        TestItem item = new(name);
        cache.Store(name, slot, item, new CacheLife(TimeSpan.FromSeconds(fresh), TimeSpan.FromSeconds(stale)), cache.GetEpoch(name));
        return item;
    }

    private protected static bool Has(AnswerCache cache, string name) => cache.Find(name, Slot) is not null;

    private protected void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));
}

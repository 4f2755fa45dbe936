using System.Collections.Concurrent;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class IdlePoolTests
{
    [Fact]
    public void TryTake_Empty_HasNothing()
    {
        IdlePool<string> pool = new(capacity: 100);

        pool.TryTake(out string? item).Should().BeFalse();
        item.Should().BeNull();
        pool.Count.Should().Be(0);
    }

    [Fact]
    public void TryAdd_MoreThanTheCapacity_KeepsNoMore()
    {
        IdlePool<object> pool = new(capacity: 100);

        int kept = Enumerable.Range(0, 1000).Count(_ => pool.TryAdd(new object()));

        kept.Should().BeInRange(1, 100);
        pool.Count.Should().Be(kept);
    }

    [Fact]
    public void TryTake_AddedOnAnyThread_FindsEachOnce()
    {
        const int Threads = 8;
        const int Items = 2_000;
        IdlePool<object> pool = new(capacity: int.MaxValue);
        ConcurrentBag<object> taken = [];
        object[] items = [.. Enumerable.Range(0, Threads * Items).Select(_ => new object())];

        RunOnThreads(Threads, thread =>
        {
            for (int i = 0; i < Items; i++)
            {
                pool.TryAdd(items[(thread * Items) + i]).Should().BeTrue();
                if (i % 3 == 0 && pool.TryTake(out object? item))
                {
                    taken.Add(item);
                }
            }
        });
        while (pool.TryTake(out object? item))
        {
            taken.Add(item);
        }

        taken.Should().HaveCount(items.Length).And.OnlyHaveUniqueItems();
        pool.Count.Should().Be(0);
    }

    private static void RunOnThreads(int count, Action<int> run)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(thread => new Thread(() => run(thread)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}

using System.Collections.Concurrent;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class IdlePoolTests
{
    [Fact]
    public void TryTake_Empty_HasNothing()
    {
        IdlePool<Idler> pool = new(capacity: 100);

        pool.TryTake(out Idler? item).Should().BeFalse();
        item.Should().BeNull();
        pool.Count.Should().Be(0);
    }

    [Fact]
    public void Return_MoreThanTheCapacity_DisposesTheRest()
    {
        IdlePool<Idler> pool = new(capacity: 100);
        Idler[] items = [.. Enumerable.Range(0, 1000).Select(_ => new Idler())];

        Array.ForEach(items, pool.Return);

        pool.Count.Should().BeInRange(100 - Environment.ProcessorCount, 100, "one processor may fill the stacks of all");
        items.Count(item => !item.IsDisposed).Should().Be(pool.Count);
    }

    [Fact]
    public void Return_AfterDispose_Disposes()
    {
        IdlePool<Idler> pool = new(capacity: 100);
        Idler before = new();
        Idler after = new();

        pool.Return(before);
        pool.Dispose();
        pool.Return(after);

        (before.IsDisposed, after.IsDisposed, pool.Count).Should().Be((true, true, 0));
    }

    [Fact]
    public void TryTake_ReturnedOnAnyThread_FindsEachOnce()
    {
        const int Threads = 8;
        const int Items = 2_000;
        IdlePool<Idler> pool = new(capacity: 1_000_000);
        ConcurrentBag<Idler> taken = [];
        Idler[] items = [.. Enumerable.Range(0, Threads * Items).Select(_ => new Idler())];

        RunOnThreads(Threads, thread =>
        {
            for (int i = 0; i < Items; i++)
            {
                pool.Return(items[(thread * Items) + i]);
                if (i % 3 == 0 && pool.TryTake(out Idler? item))
                {
                    taken.Add(item);
                }
            }
        });
        while (pool.TryTake(out Idler? item))
        {
            taken.Add(item);
        }

        taken.Should().HaveCount(items.Length).And.OnlyHaveUniqueItems();
        taken.Should().OnlyContain(item => !item.IsDisposed);
        pool.Count.Should().Be(0);
    }

    [Fact]
    public void Return_CapacityWasLowered_ShrinksToIt()
    {
        IdlePool<Idler> pool = new(capacity: 4000);
        for (int i = 0; i < 4000; i++)
        {
            pool.Return(new Idler());
        }

        pool.Capacity = 100;
        for (int i = 0; i < 8000; i++)
        {
            pool.Return(new Idler());
        }

        pool.Count.Should().BeLessThanOrEqualTo(100);
    }

    private static void RunOnThreads(int count, Action<int> run)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(thread => new Thread(() => run(thread)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private sealed class Idler : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }
}

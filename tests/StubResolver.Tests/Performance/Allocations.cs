namespace StubResolver.Tests.Performance;

/// <summary>
/// Measures what operations allocate. The least of several batches counts: a busy machine can add to a batch, as a retry or a thread of the pool
/// does, but takes nothing away.
/// </summary>
internal static class Allocations
{
    private const int Batches = 8;

    /// <summary>Octets of one operation on this thread.</summary>
    public static double PerOperation(Action operation, int count)
    {
        Repeat(operation, count); // compiles it, and fills what is kept
        long least = long.MaxValue;
        for (int i = 0; i < Batches; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Repeat(operation, count);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return (double)least / count;
    }

    /// <summary>Octets of one operation on all threads of the process.</summary>
    /// <param name="runBatch">Does as many operations as its argument says.</param>
    /// <param name="count">How many a batch has.</param>
    public static async Task<double> PerOperationAsync(Func<int, Task> runBatch, int count)
    {
        await runBatch(count);
        long least = long.MaxValue;
        for (int i = 0; i < Batches; i++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await runBatch(count);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return (double)least / count;
    }

    private static void Repeat(Action operation, int count)
    {
        for (int i = 0; i < count; i++)
        {
            operation();
        }
    }
}

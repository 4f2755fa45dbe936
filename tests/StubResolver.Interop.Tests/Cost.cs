namespace StubResolver.Interop.Tests;

/// <summary>What a lookup may cost where nothing is wrong.</summary>
internal static class Cost
{
    private const int MaxRuns = 3;

    // The shortest of the resolver's own timers is 500 ms, that of its patience 250 ms; servers on loopback need about one.
    private static readonly TimeSpan s_underEveryTimer = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs what measures; again where it cost too much: a busy machine is late at times, a timer is there always.</summary>
    public static async Task MeasureAsync(Func<Task> measure)
    {
        for (int run = 1; ; run++)
        {
            try
            {
                await measure();
                return;
            }
            catch (CostException) when (run < MaxRuns)
            {
                // too much: once more, all from the beginning
            }
        }
    }

    /// <summary>Asserts that nothing was waited for, and that no more than so many queries were sent.</summary>
    public static void ShouldCostNoTimer<TAnswer>(this Measurement<TAnswer> measured, int queries, string what = "A lookup")
    {
        if (measured.Queries < 1 || measured.Queries > queries || measured.Elapsed >= s_underEveryTimer)
        {
            throw new CostException(
                $"{what} cost {measured.Queries} queries and {measured.Elapsed.TotalMilliseconds:F1} ms, not 1 to {queries} and less than {s_underEveryTimer.TotalMilliseconds} ms.");
        }
    }
}

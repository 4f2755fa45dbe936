using System.Diagnostics;
using System.Globalization;

namespace StubResolver.Fuzz.Resolver;

/// <summary>Round after round in this process, which tells of each, and what each leaves behind.</summary>
internal sealed class ResolverFuzz
{
    private const string DescriptorsDirectory = "/proc/self/fd";
    private const long MaxGrowth = 32 << 20;
    private const int RoundsToWarmUp = 3;

    private static readonly TimeSpan s_closingTime = TimeSpan.FromSeconds(5);

    private string? _unobserved;
    private long _settledHeap = long.MaxValue - MaxGrowth;

    /// <summary>Runs until the time is over; returns the exit code.</summary>
    public static async Task<int> RunAsync(int seed, TimeSpan time)
    {
        ResolverFuzz fuzz = new();
        TaskScheduler.UnobservedTaskException += (_, e) => fuzz._unobserved = e.Exception.ToString();
        long startedAt = Stopwatch.GetTimestamp();
        int round = 0;
        for (; round == 0 || Stopwatch.GetElapsedTime(startedAt) < time; round++)
        {
            int roundSeed = unchecked(seed + round);
            if (await fuzz.RunRoundAsync(roundSeed, round) is { } trouble)
            {
                Console.WriteLine($"resolver, again with: resolver {roundSeed} 1\n{trouble}");
                return 1;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{round} rounds of lookups from seed {seed}: nothing found"));
        return 0;
    }

    private async Task<string?> RunRoundAsync(int seed, int number)
    {
        int socketsBefore = CountSockets();
        Round round = new(new RoundPlan(seed));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seed}: {round.Title}"));
        string? trouble = await round.RunAsync();
        int socketsLeft = await CountSocketsLeftAsync(socketsBefore);
        long heap = GC.GetTotalMemory(forceFullCollection: true);
        GC.WaitForPendingFinalizers(); // of tasks whose exception nobody looked at
        _settledHeap = number < RoundsToWarmUp ? heap : Math.Min(heap, _settledHeap);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {round.Summary}, {heap >> 10} KiB in use, {Environment.WorkingSet >> 20} MiB held"));
        return trouble switch
        {
            not null => trouble,
            _ when _unobserved is not null => $"nobody looked at {_unobserved}",
            _ when socketsLeft > socketsBefore => $"{socketsLeft - socketsBefore} sockets are left open",
            _ when heap > _settledHeap + MaxGrowth => $"{heap} B are in use, {_settledHeap} B before",
            _ => null,
        };
    }

    // The last ones close on the thread pool.
    private static async Task<int> CountSocketsLeftAsync(int before)
    {
        long startedAt = Stopwatch.GetTimestamp();
        while (CountSockets() > before && Stopwatch.GetElapsedTime(startedAt) < s_closingTime)
        {
            await Task.Delay(10);
        }

        return CountSockets();
    }

    private static int CountSockets() => Directory.Exists(DescriptorsDirectory)
        ? Directory.EnumerateFileSystemEntries(DescriptorsDirectory).Count(path => File.ResolveLinkTarget(path, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal) == true)
        : 0;
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Caching.Memory;

namespace StubResolver.Benchmarks.Cache;

/// <summary>
/// What a hit costs over a number of names, beside the memory cache over the same names, and how much two threads that walk through them slow each
/// other, beside a walk that shares nothing: <c>hits</c>.
/// </summary>
internal static class HitsProgram
{
    private const int LeastOperations = 1_000_000;

    // Of names that are out of the processor's cache fewer rounds fit into a minute.
    private static readonly (int Names, int Rounds)[] s_sizes = [(1, 25), (1_000, 25), (10_000, 25), (100_000, 9), (1_000_000, 5)];

    public static int Run()
    {
        Console.WriteLine("| names | nothing shared, two threads | MemoryCache, ns | two threads | StubResolver, ns | two threads | / MemoryCache | / MemoryCache, two threads |");
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach ((int count, int rounds) in s_sizes)
        {
            Print(count, rounds);
        }

        return 0;
    }

    private static void Print(int count, int rounds)
    {
        string[] names = CachedNames.Create(count);
        using DnsResolver resolver = new(new DnsResolverOptions { Servers = [new(new(IPAddress.Loopback, 9))], Cache = new() { Capacity = Math.Max(count, 10_000) } });
        using MemoryCache memory = new(new MemoryCacheOptions());
        foreach (string name in names)
        {
            CachedNames.Store(resolver, name);
            memory.Set(name, names);
        }

        Measure(names, memory, resolver); // warm-up
        List<Times> times = [];
        for (int round = 0; round < rounds; round++)
        {
            times.Add(Measure(names, memory, resolver));
        }

        // Ratios within a round, so that what else the machine does meets both alike.
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {count:#,0} | {Median(times.Select(time => time.FreeTwo / time.FreeOne)):0.00} × "
            + $"| {Median(times.Select(time => time.MemoryOne)):0.0} | {Median(times.Select(time => time.MemoryTwo / time.MemoryOne)):0.00} × "
            + $"| {Median(times.Select(time => time.One)):0.0} | {Median(times.Select(time => time.Two / time.One)):0.00} × "
            + $"| {Median(times.Select(time => time.One / time.MemoryOne)):0.00} × | {Median(times.Select(time => time.Two / time.MemoryTwo)):0.00} × |"));
    }

    private static Times Measure(string[] names, MemoryCache memory, DnsResolver resolver) => new(
        Time(names, 1, name => IsHash(name.GetHashCode(StringComparison.Ordinal))),
        Time(names, 2, name => IsHash(name.GetHashCode(StringComparison.Ordinal))),
        Time(names, 1, name => memory.TryGetValue((object)name, out _)),
        Time(names, 2, name => memory.TryGetValue((object)name, out _)),
        Time(names, 1, name => IsHit(resolver.ResolveAddressesAsync(name))),
        Time(names, 2, name => IsHit(resolver.ResolveAddressesAsync(name))));

    private static bool IsHash(int number) => (number | 1) != 0;

    private static bool IsHit<T>(ValueTask<T> lookup) => lookup.IsCompletedSuccessfully;

    // Nanoseconds of one operation of the slower thread.
    private static double Time(string[] names, int threadCount, Func<string, bool> isHit)
    {
        using Barrier start = new(threadCount);
        int operations = Math.Max(LeastOperations, names.Length);
        TimeSpan[] times = new TimeSpan[threadCount];
        Thread[] threads = [.. Enumerable.Range(0, threadCount).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            long startedAt = Stopwatch.GetTimestamp();
            Walk(names, i * (names.Length / 2), operations, isHit);
            times[i] = Stopwatch.GetElapsedTime(startedAt);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return times.Max().TotalNanoseconds / operations;
    }

    private static void Walk(string[] names, int next, int operations, Func<string, bool> isHit)
    {
        for (int i = 0; i < operations; i++)
        {
            if (!isHit(names[next]))
            {
                throw new InvalidOperationException("Not a hit.");
            }

            next = next + 1 < names.Length ? next + 1 : 0;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Nanoseconds of one operation, by what was done and on how many threads.</summary>
    private readonly record struct Times(double FreeOne, double FreeTwo, double MemoryOne, double MemoryTwo, double One, double Two);
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Caching.Memory;

namespace StubResolver.Benchmarks.Cache;

/// <summary>
/// How much two threads that hit the cache slow each other, with one name and with two; beside them a loop that shares nothing, which shows what
/// two threads take from each other on this machine anyway, and the memory cache underneath: <c>threads</c>.
/// </summary>
internal static class ThreadsProgram
{
    private const int Rounds = 21;
    private const int Operations = 200_000;
    private const int HashRounds = 8;

    private static readonly string[] s_names = CachedNames.Create(2);

    public static int Run()
    {
        using DnsResolver resolver = new(new DnsResolverOptions { Servers = [new(new(System.Net.IPAddress.Loopback, 9))] });
        using MemoryCache memory = new(new MemoryCacheOptions());
        foreach (string name in s_names)
        {
            CachedNames.Store(resolver, name);
            memory.Set(name, s_names);
        }

        (string What, Action<string> Run)[] loops =
        [
            ("nothing shared", Hash),
            ("MemoryCache.TryGetValue", name => Repeat(() => memory.TryGetValue((object)name, out _))),
            ("ResolveAddressesAsync", name => Repeat(() => IsHit(resolver.ResolveAddressesAsync(name)))),
        ];
        Measure(loops); // warm-up
        Print(loops, Measure(loops));
        return 0;
    }

    // Rounds interleaved, so that what else the machine does meets all alike.
    private static List<(double One, double Same, double Other)>[] Measure((string What, Action<string> Run)[] loops)
    {
        List<(double, double, double)>[] times = [.. loops.Select(_ => new List<(double, double, double)>())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < loops.Length; i++)
            {
                Action<string> run = loops[i].Run;
                times[i].Add((Time(run, s_names[0]), Time(run, s_names[0], s_names[0]), Time(run, s_names[0], s_names[1])));
            }
        }

        return times;
    }

    private static void Print((string What, Action<string> Run)[] loops, List<(double One, double Same, double Other)>[] times)
    {
        Console.WriteLine("| hits on | one thread, ns | two threads, one name | two threads, two names |");
        Console.WriteLine("|---|---:|---:|---:|");
        for (int i = 0; i < loops.Length; i++)
        {
            double one = Median(times[i].Select(time => time.One));
            double same = Median(times[i].Select(time => time.Same / time.One));
            double other = Median(times[i].Select(time => time.Other / time.One));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {loops[i].What} | {one:0.0} | {same:0.00} × | {other:0.00} × |"));
        }
    }

    private static bool IsHit<T>(ValueTask<T> lookup) => lookup.IsCompletedSuccessfully;

    // Nanoseconds of one operation of the slower thread.
    private static double Time(Action<string> run, params string[] names)
    {
        using Barrier start = new(names.Length + 1);
        TimeSpan[] times = new TimeSpan[names.Length];
        Thread[] threads = [.. names.Select((name, i) => new Thread(() =>
        {
            start.SignalAndWait();
            long startedAt = Stopwatch.GetTimestamp();
            run(name);
            times[i] = Stopwatch.GetElapsedTime(startedAt);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        start.SignalAndWait();
        Array.ForEach(threads, thread => thread.Join());
        return times.Max().TotalNanoseconds / Operations;
    }

    private static void Repeat(Func<bool> operation)
    {
        for (int i = 0; i < Operations; i++)
        {
            if (!operation())
            {
                throw new InvalidOperationException("Not a hit.");
            }
        }
    }

    private static void Hash(string name) => Repeat(() =>
    {
        int hash = 0;
        for (int i = 0; i < HashRounds; i++)
        {
            hash ^= name.GetHashCode(StringComparison.Ordinal) + i;
        }

        return hash != int.MinValue;
    });

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

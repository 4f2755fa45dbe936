using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using StubResolver.Configuration;
using StubResolver.Resolution;
using StubResolver.Transport;

namespace StubResolver.Benchmarks.Scale;

/// <summary>How much faster two threads look up new names than one, without sockets, beside a loop that shares nothing: <c>scale</c>.</summary>
internal static class ScaleProgram
{
    private const int Rounds = 15;
    private const int Lookups = 20_000;
    private const int MaxThreads = 2;

    // Made beforehand: to keep what is made meanwhile would be work for the garbage collector. The cache is off, so they are new each time.
    private static readonly string[][] s_names =
        [.. Enumerable.Range(0, MaxThreads).Select(thread => Enumerable.Range(0, Lookups).Select(i => $"n{i}-{thread}.example").ToArray())];

    public static int Run()
    {
        DnsResolverOptions options = UncachedOptions.Create([new IPEndPoint(IPAddress.Loopback, 53)]);
        SystemConfiguration system = new(new OperatingSystemSource(), TimeProvider.System, NullLogger.Instance);
        using DnsResolver resolver = new(new LookupPipeline(options, system, new InMemoryTransport(new RandomSource())));
        (string What, Action<string[]> Run)[] loops = [("nothing shared", Hash), ("ResolveAddressesAsync", names => LookUp(resolver, names))];
        Measure(loops); // warm-up
        GC.Collect();

        List<(double One, double Two)>[] times = Measure(loops);
        Console.WriteLine("| looking up new names | one thread, ns | two threads, faster by |");
        Console.WriteLine("|---|---:|---:|");
        for (int i = 0; i < loops.Length; i++)
        {
            double one = Median(times[i].Select(time => time.One));
            double faster = Median(times[i].Select(time => 2 * time.One / time.Two));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {loops[i].What} | {one:0} | {faster:0.00} × |"));
        }

        return 0;
    }

    // Rounds interleaved, so that what else the machine does meets all alike.
    private static List<(double One, double Two)>[] Measure((string What, Action<string[]> Run)[] loops)
    {
        List<(double, double)>[] times = [.. loops.Select(_ => new List<(double, double)>())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < loops.Length; i++)
            {
                times[i].Add((Time(loops[i].Run, threadCount: 1), Time(loops[i].Run, MaxThreads)));
            }
        }

        return times;
    }

    // Nanoseconds of one lookup of the slower thread.
    private static double Time(Action<string[]> run, int threadCount)
    {
        using Barrier start = new(threadCount + 1);
        TimeSpan[] times = new TimeSpan[threadCount];
        Thread[] threads = [.. Enumerable.Range(0, threadCount).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            long startedAt = Stopwatch.GetTimestamp();
            run(s_names[thread]);
            times[thread] = Stopwatch.GetElapsedTime(startedAt);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        start.SignalAndWait();
        Array.ForEach(threads, thread => thread.Join());
        return times.Max().TotalNanoseconds / Lookups;
    }

    private static void LookUp(DnsResolver resolver, string[] names)
    {
        foreach (string name in names)
        {
            ValueTask<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync(name);
            if (!lookup.IsCompletedSuccessfully || lookup.Result.Records.Count != 2)
            {
                throw new InvalidOperationException("Not answered at once.");
            }
        }
    }

    private static void Hash(string[] names)
    {
        foreach (string name in names)
        {
            int hash = 0;
            for (int i = 0; i < 200; i++)
            {
                hash ^= name.GetHashCode(StringComparison.Ordinal) + i;
            }

            GC.KeepAlive(hash);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace StubResolver.Benchmarks.Load.Clients;

/// <summary>One client measured in a process of its own, so that processor time and allocations are its alone.</summary>
internal static class ClientProgram
{
    public static async Task<int> RunAsync(string[] args)
    {
        Arguments arguments = Arguments.Parse(args, "client", "server", "concurrency", "lookups", "warm-up", "warm-up-concurrency", "in-flight", "prefix");
        int concurrency = arguments.Number("concurrency", 64);
        string prefix = arguments.Text("prefix", "p");
        IPEndPoint[] servers = [.. arguments.Text("server", "127.0.0.1:5300").Split(',').Select(IPEndPoint.Parse)];
        using LoadClient client = LoadClient.Create(arguments.Text("client", "stub"), servers, arguments.Number("in-flight", 128));

        await WorkAsync(client, new LoadRun(arguments.Number("warm-up", 0, min: 0), "w" + prefix), arguments.Number("warm-up-concurrency", concurrency));
        await Task.Delay(TimeSpan.FromMilliseconds(300)); // lets the compiler finish what the warm-up asked of it

        LoadRun run = new(arguments.Number("lookups", 10_000), prefix);
        Measurement measurement = await MeasureAsync(client, run, concurrency);
        Console.WriteLine(measurement);
        foreach ((string error, int count) in run.Errors)
        {
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} x {error}"));
        }

        return 0;
    }

    private static async Task<Measurement> MeasureAsync(LoadClient client, LoadRun run, int concurrency)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using ThreadCounter threads = new();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await WorkAsync(client, run, concurrency);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;

        double[] latencies = run.GetSortedMicroseconds();
        return new Measurement
        {
            ["lookups"] = run.Lookups,
            ["elapsed_us"] = elapsed.TotalMicroseconds,
            ["cpu_us"] = cpu.TotalMicroseconds,
            ["allocated"] = allocated,
            ["addresses"] = run.Addresses,
            ["errors"] = run.Errors.Values.Sum(),
            ["p50_us"] = latencies[latencies.Length / 2],
            ["p99_us"] = latencies[(int)(latencies.Length * 0.99)],
            ["max_us"] = latencies[^1],
            ["peak_bytes"] = Process.GetCurrentProcess().PeakWorkingSet64,
            ["threads"] = threads.Peak,
        };
    }

    private static Task WorkAsync(LoadClient client, LoadRun run, int concurrency)
    {
        Task[] workers = new Task[concurrency];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = Task.Run(() => client.WorkAsync(run));
        }

        return Task.WhenAll(workers);
    }
}

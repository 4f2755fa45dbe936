using System.Diagnostics;
using System.Globalization;

namespace StubResolver.Fuzz.Resolver;

/// <summary>Runs <see cref="ResolverFuzz"/> in a process of its own: that it dies or stands still is a finding.</summary>
internal static class WatchedProcess
{
    /// <summary>The first argument of that process.</summary>
    public const string Argument = "resolver-process";

    private const string HeapLimit = "0x18000000"; // 384 MiB: what the wire costs is bounded
    private const int LinesKept = 100;

    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(60); // a round tells its end, and each lookup in it is watched

    /// <summary>Runs it for some time; returns the exit code.</summary>
    public static async Task<int> RunAsync(int seed, int seconds)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!, [Argument, seed.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)])
        {
            Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit },
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Queue<string> lines = [];
        bool isSilent = false;
        try
        {
            while (await ReadLineAsync(process) is { } line)
            {
                lines.Enqueue(line);
                if (lines.Count > LinesKept)
                {
                    lines.Dequeue();
                }
            }
        }
        catch (OperationCanceledException)
        {
            isSilent = true;
            process.Kill(entireProcessTree: true);
        }

        await process.WaitForExitAsync();
        if (!isSilent && process.ExitCode == 0)
        {
            Console.WriteLine(lines.Last());
            return 0;
        }

        string end = isSilent ? $"said nothing for {s_longestSilence.TotalSeconds:0} s" : $"ended with exit code {process.ExitCode}";
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{string.Join('\n', lines)}\nresolver: the process {end}; the last line of a round above begins with its seed SEED: again with: resolver SEED 1"));
        return 1;
    }

    private static async Task<string?> ReadLineAsync(Process process)
    {
        using CancellationTokenSource silence = new(s_longestSilence);
        return await process.StandardOutput.ReadLineAsync(silence.Token);
    }
}

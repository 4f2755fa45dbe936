using System.Diagnostics;

namespace StubResolver.Tests.Http;

/// <summary>The sockets that the process has open, each with its number, so that one that goes does not hide one that comes. Empty but on Linux.</summary>
internal static class OpenSockets
{
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    public static IReadOnlySet<string> Snapshot() => !OperatingSystem.IsLinux() ? new HashSet<string>() : Directory.EnumerateFileSystemEntries("/proc/self/fd")
        .Select(path => new FileInfo(path).LinkTarget).OfType<string>().Where(target => target.StartsWith("socket:", StringComparison.Ordinal)).ToHashSet();

    /// <summary>Waits until no socket is open that was not before; returns those that stay.</summary>
    public static async Task<IReadOnlyList<string>> LeftOverAsync(IReadOnlySet<string> before)
    {
        for (long start = Stopwatch.GetTimestamp(); ; await Task.Yield())
        {
            List<string> left = [.. Snapshot().Except(before)];
            if (left.Count == 0 || Stopwatch.GetElapsedTime(start) > s_guard)
            {
                return left;
            }
        }
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace StubResolver.Tests;

/// <summary>Runs Program.cs as a process of its own.</summary>
internal static class ProcessOfItsOwn
{
    private static readonly string s_dotnet =
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    private static readonly string s_program = typeof(ProcessOfItsOwn).Assembly.Location;

    /// <summary>Returns what it measures, where no test runs beside it.</summary>
    public static async Task<TResult> MeasureAsync<TResult>(params string[] arguments)
    {
        string[] lines = await RunAsync(new ProcessStartInfo(s_dotnet, [s_program, .. arguments]));
        return JsonSerializer.Deserialize<TResult>(lines.Should().ContainSingle().Subject)!;
    }

    /// <summary>Returns the lines it prints where one variable of its environment differs from this process's.</summary>
    public static Task<string[]> RunAsync(string variable, string value, string[] arguments) =>
        RunAsync(new ProcessStartInfo(s_dotnet, [s_program, .. arguments]) { Environment = { [variable] = value } });

    /// <summary>Returns the lines it prints when it may open only so many descriptors; an end that is not its own is the last line.</summary>
    public static Task<string[]> RunWithDescriptorsAsync(int limit, string[] arguments) =>
        RunAsync(new ProcessStartInfo("/bin/sh", ["-c", $"ulimit -n {limit}; \"$@\" || echo \"exit code $?\"", "sh", s_dotnet, s_program, .. arguments])
        {
            Environment = // no threads of the runtime that come and go: each takes descriptors
            {
                ["DOTNET_TieredCompilation"] = "0",
                ["DOTNET_gcConcurrent"] = "0",
                ["DOTNET_ThreadPool_ThreadTimeoutMs"] = "0x7FFFFFFF",
            },
        });

    private static async Task<string[]> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.StandardOutputEncoding) = (true, Encoding.UTF8);
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace StubResolver.Tests;

/// <summary>Runs Program.cs as a process of its own.</summary>
internal static class ProcessOfItsOwn
{
    /// <summary>Returns what it measures, where no test runs beside it.</summary>
    public static async Task<TResult> MeasureAsync<TResult>(params string[] arguments)
    {
        string[] lines = await RunAsync(CreateStart(arguments));
        return JsonSerializer.Deserialize<TResult>(lines.Should().ContainSingle().Subject)!;
    }

    /// <summary>Returns the lines it prints where one variable of its environment differs from this process's.</summary>
    public static Task<string[]> RunAsync(string variable, string value, string[] arguments)
    {
        ProcessStartInfo start = CreateStart(arguments);
        start.Environment[variable] = value;
        return RunAsync(start);
    }

    private static ProcessStartInfo CreateStart(string[] arguments)
    {
        string dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return new ProcessStartInfo(dotnet, [typeof(ProcessOfItsOwn).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
    }

    private static async Task<string[]> RunAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}

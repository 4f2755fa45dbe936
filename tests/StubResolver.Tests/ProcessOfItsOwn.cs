using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace StubResolver.Tests;

/// <summary>Runs Program.cs as a process whose environment differs from this one's.</summary>
internal static class ProcessOfItsOwn
{
    /// <summary>Returns the lines it prints.</summary>
    public static async Task<string[]> RunAsync(string variable, string value, string[] arguments)
    {
        string dotnet = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        ProcessStartInfo start = new(dotnet, [typeof(ProcessOfItsOwn).Assembly.Location, .. arguments])
        {
            Environment = { [variable] = value },
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}

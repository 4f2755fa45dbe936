using System.Diagnostics;
using System.Runtime.InteropServices;

namespace StubResolver.Packages.Tests;

/// <summary>Runs the SDK.</summary>
internal static class Dotnet
{
    private static readonly string s_dotnet =
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    /// <summary>Returns what it prints; fails with that where it does not succeed.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(s_dotnet, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "1" },
        })!;
        string output = (await process.StandardOutput.ReadToEndAsync()).ReplaceLineEndings("\n");
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0, "{0}", output);
        return output;
    }
}

using System.Diagnostics;

namespace StubResolver.Benchmarks.Load;

/// <summary>Starts programs and collects what they print.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromMinutes(5);

    /// <summary>The command line that runs this program with other arguments.</summary>
    public static string[] Self(params string[] arguments)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, typeof(ChildProcess).Assembly.Location, .. arguments]
            : [program, .. arguments];
    }

    public static Process Start(string[] command, bool redirectsInput = false) => Process.Start(
        new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = redirectsInput })
        ?? throw new InvalidOperationException($"{command[0]} did not start.");

    /// <summary>Runs a program to its end; a program that hangs is ended and fails.</summary>
    public static async Task<ChildOutput> RunAsync(string[] command)
    {
        using KilledAtExit child = new(Start(command));
        Process process = child.Process;
        using CancellationTokenSource timeout = new(s_timeLimit);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            return new ChildOutput(IsSuccess: false, "", $"no end within {s_timeLimit.TotalMinutes} minutes");
        }

        return new ChildOutput(process.ExitCode == 0, await output, await error);
    }

    /// <summary>Whether a program is installed and takes these arguments.</summary>
    public static async Task<bool> CanRunAsync(params string[] command)
    {
        try
        {
            return (await RunAsync(command)).IsSuccess;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

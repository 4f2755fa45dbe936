using System.Collections.Concurrent;
using System.Diagnostics;

namespace StubResolver.Interop.Tests.Servers;

/// <summary>A program that is killed with its owner, and at the latest when the tests end.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly EventHandler _kill;

    public ServerProcess(string program, params string[] arguments)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true },
        };
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _kill = (_, _) => _process.Kill(entireProcessTree: true);
        _process.Start();
        AppDomain.CurrentDomain.ProcessExit += _kill;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>What it wrote.</summary>
    public string Output => string.Join('\n', _output);

    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -{signal} {_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= _kill;
        _process.Kill(entireProcessTree: true); // some servers answer from child processes
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

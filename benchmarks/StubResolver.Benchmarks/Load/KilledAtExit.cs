using System.Diagnostics;

namespace StubResolver.Benchmarks.Load;

/// <summary>A program that ends no later than this one does, also where this one is told to end.</summary>
internal sealed class KilledAtExit : IDisposable
{
    private readonly EventHandler _kill;

    public KilledAtExit(Process process)
    {
        Process = process;
        _kill = (_, _) => Kill();
        AppDomain.CurrentDomain.ProcessExit += _kill;
    }

    public Process Process { get; }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= _kill;
        Kill();
        Process.WaitForExit();
        Process.Dispose();
    }

    private void Kill()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
        }
    }
}

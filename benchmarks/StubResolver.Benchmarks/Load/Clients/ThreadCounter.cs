namespace StubResolver.Benchmarks.Load.Clients;

/// <summary>Samples how many threads the pool has; from a thread of its own, as a full pool would starve a timer.</summary>
internal sealed class ThreadCounter : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(20);

    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public ThreadCounter()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public int Peak { get; private set; }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        do
        {
            Peak = Math.Max(Peak, ThreadPool.ThreadCount);
        }
        while (!_stop.Wait(s_interval));
    }
}

using Microsoft.Extensions.Logging;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>The watches of one resolver. Thread-safe.</summary>
internal sealed class WatchContext(TimeProvider time, RandomSource random, ILogger logger, TimeSpan shortestInterval) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<NameWatch> _watches = [];
    private bool _isDisposed;

    public readonly TimeProvider Time = time;

    public readonly RandomSource Random = random;

    public readonly ILogger Logger = logger;

    /// <summary>The shortest time between two looks.</summary>
    public readonly TimeSpan ShortestInterval = shortestInterval;

    public NameWatch Add(LookupPipeline pipeline, WatchedName name, WatchCallbacks callbacks)
    {
        NameWatch watch = new(pipeline, this, name, callbacks);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(DnsResolver));
            _watches.Add(watch);
        }

        watch.Start();
        return watch;
    }

    public void Remove(NameWatch watch)
    {
        lock (_gate)
        {
            _watches.Remove(watch);
        }
    }

    public void Dispose()
    {
        NameWatch[] watches;
        lock (_gate)
        {
            _isDisposed = true;
            watches = [.. _watches];
        }

        foreach (NameWatch watch in watches)
        {
            watch.Dispose();
        }
    }
}

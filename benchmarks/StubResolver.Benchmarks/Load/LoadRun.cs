using System.Collections.Concurrent;
using System.Diagnostics;

namespace StubResolver.Benchmarks.Load;

/// <summary>The names of one measured run, handed out one by one, and what became of them. Thread-safe; nothing is allocated per lookup.</summary>
internal sealed class LoadRun
{
    private readonly string[] _names;
    private readonly long[] _ticks;
    private readonly ConcurrentDictionary<string, int> _errors = new();
    private int _taken;
    private long _addresses;

    /// <summary>Prepares names that nobody has asked for before.</summary>
    public LoadRun(int lookups, string prefix)
    {
        _names = [.. Enumerable.Range(0, lookups).Select(i => $"{prefix}-{i}.{LoadZone.Name}")];
        _ticks = new long[lookups];
    }

    public int Lookups => _names.Length;

    public long Addresses => _addresses;

    /// <summary>Gets how often each kind of error came.</summary>
    public IReadOnlyDictionary<string, int> Errors => _errors;

    /// <summary>Takes the next lookup, if any is left.</summary>
    public bool TryTake(out LoadItem item)
    {
        int index = Interlocked.Increment(ref _taken) - 1;
        item = index < _names.Length ? new LoadItem(index, _names[index], Stopwatch.GetTimestamp()) : default;
        return index < _names.Length;
    }

    public void Succeed(LoadItem item, int addresses)
    {
        _ticks[item.Index] = Stopwatch.GetTimestamp() - item.Start;
        Interlocked.Add(ref _addresses, addresses);
    }

    public void Fail(LoadItem item, string error)
    {
        _ticks[item.Index] = Stopwatch.GetTimestamp() - item.Start;
        _errors.AddOrUpdate(error, 1, (_, count) => count + 1);
    }

    /// <summary>Sorts the latencies; to be called once all lookups have ended.</summary>
    /// <returns>The latencies in microseconds, ascending.</returns>
    public double[] GetSortedMicroseconds()
    {
        Array.Sort(_ticks);
        return [.. _ticks.Select(ticks => ticks * 1e6 / Stopwatch.Frequency)];
    }
}

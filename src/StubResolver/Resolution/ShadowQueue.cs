using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>
/// Computes managed results beside the system's and tells of differences. Bounded: what comes while the queue is full is dropped and counted,
/// so that a shadow never becomes load. Thread-safe.
/// </summary>
internal sealed class ShadowQueue : IDisposable
{
    private const int Capacity = 256;

    private readonly Func<string, AddressFamily, CancellationToken, ValueTask<DnsAnswer<DnsAddressRecord>>> _resolve;
    private readonly ResolverMetrics _metrics;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _disposing = new();
    private readonly Channel<(string Name, AddressFamily Family, ShadowResult System)> _jobs =
        Channel.CreateBounded<(string Name, AddressFamily Family, ShadowResult System)>(Capacity);

    public ShadowQueue(
        Func<string, AddressFamily, CancellationToken, ValueTask<DnsAnswer<DnsAddressRecord>>> resolve,
        ResolverMetrics metrics,
        ILogger logger,
        TimeProvider time)
    {
        _resolve = resolve;
        _metrics = metrics;
        _logger = logger;
        _time = time;
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            Completion = Task.Run(RunAsync);
        }
    }

    /// <summary>Ends after <see cref="Dispose"/>; never fails.</summary>
    public Task Completion { get; }

    /// <summary>Compares the system's result with ours, some time.</summary>
    public void Add(string name, AddressFamily family, ShadowResult system)
    {
        if (!_jobs.Writer.TryWrite((name, family, system)))
        {
            _metrics.Compared("dropped");
        }
    }

    /// <summary>Looks a name up, and how that ended.</summary>
    private static async ValueTask<ShadowResult> MeasureAsync(Func<ValueTask<DnsAnswer<DnsAddressRecord>>> resolve, TimeProvider time)
    {
        long startedAt = time.GetTimestamp();
        try
        {
            DnsAnswer<DnsAddressRecord> answer = await resolve().ConfigureAwait(false);
            return new ShadowResult(null, [.. answer.Records.Select(record => record.Address)], time.GetElapsedTime(startedAt));
        }
        catch (DnsException e)
        {
            return new ShadowResult(e.DnsError, [], time.GetElapsedTime(startedAt)) { WasSent = e.Attempts.Count > 0 || e.DnsError != DnsError.Timeout };
        }
    }

    public void Dispose()
    {
        _jobs.Writer.TryComplete();
        _disposing.Cancel();
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach ((string name, AddressFamily family, ShadowResult system) in _jobs.Reader.ReadAllAsync(_disposing.Token).ConfigureAwait(false))
            {
                await CompareAsync(name, family, system).ConfigureAwait(false);
            }
        }
        catch (Exception) when (_disposing.IsCancellationRequested)
        {
            // the resolver is disposed, whatever a listener to the meter throws meanwhile
        }
    }

    private async Task CompareAsync(string name, AddressFamily family, ShadowResult system)
    {
        try
        {
            ShadowResult managed = await MeasureAsync(() => _resolve(name, family, _disposing.Token), _time).ConfigureAwait(false);
            Report(name, system, managed);
        }
        catch (Exception e) when (!_disposing.IsCancellationRequested)
        {
            ResolverLog.ShadowFailed(_logger, e, name); // as of a listener to the meter that throws
        }
    }

    private void Report(string name, ShadowResult system, ShadowResult managed)
    {
        if (!managed.WasSent)
        {
            _metrics.Compared("dropped"); // others needed all slots for as long as it might wait
            return;
        }

        string result = system.Compare(managed);
        if (result != ShadowResult.Same)
        {
            ResolverLog.ShadowDiffers(
                _logger, name, system.ToString(), system.Duration.TotalMilliseconds, managed.ToString(), managed.Duration.TotalMilliseconds);
        }

        _metrics.ComparedDurations(system.Duration, managed.Duration);
        _metrics.Compared(result);
    }
}

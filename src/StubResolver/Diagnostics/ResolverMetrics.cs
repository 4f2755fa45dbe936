using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace StubResolver.Diagnostics;

/// <summary>What one resolver measures; nothing is taken or allocated without a listener.</summary>
/// <remarks>
/// What is measured on a caller's own path (lookups, uses of the cache) lets the exceptions of listeners' callbacks through, as everywhere in .NET;
/// the rest is guarded.
/// </remarks>
internal sealed class ResolverMetrics
{
    private static readonly Meter s_processMeter = new(DnsTelemetry.MeterName);

    private readonly Histogram<double> _lookupDuration;
    private readonly Histogram<double> _queryDuration;
    private readonly Counter<long> _cacheRequests;
    private readonly Counter<long> _prefetches;
    private readonly Counter<long> _evictions;
    private readonly Counter<long> _rejectedDatagrams;
    private readonly Counter<long> _tcpFallbacks;
    private readonly Counter<long> _reloads;
    private readonly Counter<long> _comparisons;
    private readonly Histogram<double> _shadowDuration;
    private long _openConnections;

    public ResolverMetrics(IMeterFactory? factory)
    {
        Meter meter = factory?.Create(DnsTelemetry.MeterName) ?? s_processMeter;
        _lookupDuration = meter.CreateHistogram("dns.lookup.duration", "s", "Measures the time taken to perform a DNS lookup.", advice: DurationBuckets.Advice);
        _queryDuration = meter.CreateHistogram(
            "stubresolver.query.duration", "s", "The time from sending a query to its response or failure.", advice: DurationBuckets.Advice);
        _cacheRequests = meter.CreateCounter<long>("stubresolver.cache.requests", "{lookup}", "Lookups by what the cache had for them.");
        _prefetches = meter.CreateCounter<long>("stubresolver.cache.prefetches", "{refresh}", "Answers renewed before they ended.");
        _evictions = meter.CreateCounter<long>("stubresolver.cache.evictions", "{name}", "Names dropped for want of room.");
        _rejectedDatagrams = meter.CreateCounter<long>(
            "stubresolver.datagrams.rejected", "{datagram}", "Datagrams from a server that were not the response waited for.");
        _tcpFallbacks = meter.CreateCounter<long>(
            "stubresolver.tcp.fallbacks", "{query}", "Queries repeated over TCP because the UDP response was truncated or unusable.");
        _reloads = meter.CreateCounter<long>("stubresolver.configuration.reloads", "{reload}", "Changes of the system's configuration that were taken over.");
        _comparisons = meter.CreateCounter<long>("stubresolver.shadow.comparisons", "{lookup}", "Lookups compared with the operating system's, by result.");
        _shadowDuration = meter.CreateHistogram(
            "stubresolver.shadow.duration", "s", "The time of compared lookups, the operating system's and ours.", advice: DurationBuckets.Advice);
        ResolverGauges.For(meter).Add(this);
    }

    /// <summary>What the gauges read; set once, before the first lookup.</summary>
    public GaugeSources? Gauges { get; set; }

    public bool IsLookupMeasured => _lookupDuration.Enabled;

    public bool IsQueryMeasured => _queryDuration.Enabled;

    public long OpenConnections => Volatile.Read(ref _openConnections);

    public void LookupEnded(TimeSpan duration, string name, string? errorType)
    {
        TagList tags = new() { { "dns.question.name", name } };
        if (errorType is not null)
        {
            tags.Add("error.type", errorType);
        }

        _lookupDuration.Record(duration.TotalSeconds, tags);
    }

    public void QueryEnded(TimeSpan duration, in QueryTags query)
    {
        if (_queryDuration.Enabled)
        {
            TagList tags = query.ToTagList();
            _queryDuration.RecordGuarded(duration, tags);
        }
    }

    public void CacheUsed(CacheUse use)
    {
        if (_cacheRequests.Enabled)
        {
            _cacheRequests.Add(1, new KeyValuePair<string, object?>("result", use.ToTag()));
        }
    }

    public void Prefetched() => _prefetches.Add(1);

    public void Evicted(int count) => _evictions.AddGuarded(count);

    public void DatagramRejected(DatagramRejection reason)
    {
        if (_rejectedDatagrams.Enabled)
        {
            _rejectedDatagrams.AddGuarded(1, "reason", reason.ToTag());
        }
    }

    public void FellBackToTcp() => _tcpFallbacks.AddGuarded(1);

    public void ConfigurationReloaded() => _reloads.AddGuarded(1);

    public void Compared(string result)
    {
        if (_comparisons.Enabled)
        {
            _comparisons.AddGuarded(1, "result", result);
        }
    }

    public void ComparedDurations(TimeSpan system, TimeSpan managed)
    {
        if (_shadowDuration.Enabled)
        {
            _shadowDuration.RecordGuarded(system, new TagList { { "resolver", "system" } });
            _shadowDuration.RecordGuarded(managed, new TagList { { "resolver", "managed" } });
        }
    }

    public void TcpConnectionOpened() => Interlocked.Increment(ref _openConnections);

    public void TcpConnectionClosed() => Interlocked.Decrement(ref _openConnections);
}

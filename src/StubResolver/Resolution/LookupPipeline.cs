using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StubResolver.Caching;
using StubResolver.Configuration;
using StubResolver.Diagnostics;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>All lookups of one resolver, from argument checks to the answer.</summary>
internal sealed class LookupPipeline : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan s_shortestWatch = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_systemWatch = TimeSpan.FromSeconds(30); // the operating system tells no TTL

    private readonly SystemConfiguration _system;
    private readonly ContextFactory _contexts;
    private readonly QueryEngine _engine;
    private readonly WakeSignalPool _signals;
    private readonly AddressResolution _addresses;
    private readonly AddressMode _mode;
    private readonly RecordResolution _records;
    private readonly WatchContext _watches;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDisposed;

    /// <param name="options">A copy of its own, checked.</param>
    /// <param name="system">What the system says; ours to dispose.</param>
    /// <param name="transport">How messages travel, or <see langword="null"/> for sockets; ours to dispose.</param>
    /// <param name="modeVariable">The mode the environment wants.</param>
    /// <param name="getSuspendedTime">How long the host has slept, or <see langword="null"/> for what the system says where the clock is the system's.</param>
    public LookupPipeline(
        DnsResolverOptions options,
        SystemConfiguration system,
        DnsTransport? transport = null,
        string? modeVariable = null,
        Func<TimeSpan>? getSuspendedTime = null)
    {
        _system = system;
        ILogger logger = CreateLogger(options);
        _contexts = new ContextFactory(options, transport, logger);
        _engine = new QueryEngine(_contexts.Create(system.Current, null), CreateCache(options, getSuspendedTime));
        _signals = new WakeSignalPool(_contexts.Time);
        NameLookup lookup = new(_engine, system, _signals);
        _addresses = new AddressResolution(_engine, lookup);
        _records = new RecordResolution(_engine, lookup, FindLocalNames);
        ModeChoice choice = ModeChoice.Choose(options.Mode, modeVariable);
        StartReport.Log(logger, choice, options, system.Current, _engine.Context.Settings);
        SystemAddresses? systemAddresses = choice.Mode == DnsResolverMode.Managed ? null : new SystemAddresses(_contexts.Time, options.LookupTimeout);
        _mode = new AddressMode(choice.Mode, _addresses, systemAddresses, _contexts.Metrics, logger, _contexts.Time);
        _watches = new WatchContext(_contexts.Time, _contexts.Random, logger, choice.Mode == DnsResolverMode.Managed ? s_shortestWatch : s_systemWatch);
        _contexts.Metrics.Gauges = new GaugeSources(() => _engine.Cache.Count, () => _engine.Context.Slots.InFlight, () => _engine.Context.Slots.Waiting);
        system.Changed += OnSystemChanged;
    }

    public QueryEngine Engine => _engine;

    public bool IsDisposed => Volatile.Read(ref _isDisposed) != 0;

    public AddressResolution Addresses => _addresses;

    public static LookupPipeline Create(DnsResolverOptions options)
    {
        DnsResolverOptions copy = options.Copy();
        TimeProvider time = options.TimeProvider ?? TimeProvider.System;
        return new LookupPipeline(
            copy,
            new SystemConfiguration(new OperatingSystemSource(), time, CreateLogger(copy)),
            modeVariable: Environment.GetEnvironmentVariable(ModeChoice.VariableName));
    }

    public ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(
        string name, AddressFamily addressFamily, CancellationToken cancellationToken)
    {
        Check(name);
        CheckFamily(addressFamily);
        return MeasuredLookup.IsWanted(_contexts.Metrics)
            ? MeasureAsync(name, addressFamily, cancellationToken)
            : _mode.ResolveAsync(name, addressFamily, isBackground: false, cancellationToken);
    }

    /// <summary>Resolves what is watched: without an activity, since nobody's request is behind it, and measured like any other lookup.</summary>
    public ValueTask<DnsAnswer<DnsAddressRecord>> LookAsync(WatchedName watched, CancellationToken cancellationToken)
    {
        Check(watched.Name);
        return MeasuredLookup.RunAsync(
            watched.Name,
            type: null,
            () => _mode.ResolveAsync(watched.Name, watched.Family, watched.IsBackground, cancellationToken),
            _contexts.Metrics,
            _contexts.Time,
            isTraced: false);
    }

    /// <summary>Returns what is left of an answer's life on the monotonic clock; <see langword="null"/> where it is not in the cache.</summary>
    public TimeSpan? FindLife(string name, AddressFamily addressFamily, DnsAnswer<DnsAddressRecord> answer) =>
        _addresses.FindLife(name, addressFamily, answer);

    public ValueTask<DnsAnswer<DnsSrvRecord>> ResolveSrvAsync(string name, CancellationToken cancellationToken) =>
        ResolveAsync<DnsSrvRecord>(name, DnsRecordType.Srv, cancellationToken);

    public ValueTask<DnsAnswer<DnsMxRecord>> ResolveMxAsync(string name, CancellationToken cancellationToken) =>
        ResolveAsync<DnsMxRecord>(name, DnsRecordType.Mx, cancellationToken);

    public ValueTask<DnsAnswer<TRecord>> ResolveAsync<TRecord>(string name, DnsRecordType type, CancellationToken cancellationToken)
        where TRecord : DnsRecord
    {
        Check(name);
        return MeasuredLookup.IsWanted(_contexts.Metrics)
            ? MeasureAsync<TRecord>(name, type, cancellationToken)
            : _records.ResolveAsync<TRecord>(name, type, cancellationToken);
    }

    public ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(IPAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        CheckDisposed();
        return MeasuredLookup.IsWanted(_contexts.Metrics) ? MeasureNamesAsync(address, cancellationToken) : _records.ResolveNamesAsync(address, cancellationToken);
    }

    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        Check(name);
        return MeasuredLookup.IsWanted(_contexts.Metrics) ? MeasureQueryAsync(name, type, cancellationToken) : _records.QueryAsync(name, type, cancellationToken);
    }

    public IDisposable Watch(string name, AddressFamily addressFamily, WatchCallbacks callbacks, bool isBackground)
    {
        Check(name);
        CheckFamily(addressFamily);
        ArgumentNullException.ThrowIfNull(callbacks.Changed, "changed");
        QueryName.Normalize(name);
        return _watches.Add(this, new WatchedName(name, addressFamily, isBackground), callbacks);
    }

    public void ClearCache()
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, typeof(DnsResolver));
        _engine.ClearCache();
    }

    public void ClearCache(string name)
    {
        Check(name);
        string normalized = QueryName.Normalize(name);
        IEnumerable<string> candidates = NameLookup.GetCandidates(normalized, QueryName.IsFullyQualified(name), _engine.Context.Settings).Select(candidate => candidate.Name);
        string[] unicode = InternationalName.GetUnicode(normalized) is { } typed ? [typed] : []; // outcomes are kept for names as typed
        _engine.ClearCache([LookupCache.GetKey(name).ToString(), .. unicode, .. candidates]);
    }

    /// <summary>Ends when all renewals that were started have; never fails.</summary>
    public Task WaitForRefreshesAsync() => Task.WhenAll(_addresses.WaitForRefreshesAsync(), _records.WaitForRefreshesAsync());

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _ = EndAsync(); // sockets close on the way; DisposeAsync waits for that
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return new ValueTask(_ended.Task);
    }

    private async Task EndAsync()
    {
        try
        {
            await CloseAsync().ConfigureAwait(false);
            _ended.SetResult();
        }
        catch (Exception e)
        {
            _ended.SetException(e);
            throw;
        }
    }

    private async Task CloseAsync()
    {
        _system.Dispose();
        _watches.Dispose();
        _mode.Dispose();
        await _engine.DisposeAsync().ConfigureAwait(false);
        await WaitForRefreshesAsync().ConfigureAwait(false);
        await _contexts.DisposeAsync().ConfigureAwait(false);
        _signals.Dispose();
        _engine.Cache.Dispose();
    }

    // Apart from its caller: what the closure captures would be allocated there even for a hit that nobody measures.
    private ValueTask<DnsAnswer<DnsAddressRecord>> MeasureAsync(
        string name, AddressFamily addressFamily, CancellationToken cancellationToken)
    {
        QueryName.Normalize(name); // what is wrong with it is thrown to the caller's face
        return MeasuredLookup.RunAsync(
            name, type: null, () => _mode.ResolveAsync(name, addressFamily, isBackground: false, cancellationToken), _contexts.Metrics, _contexts.Time);
    }

    private ValueTask<DnsAnswer<TRecord>> MeasureAsync<TRecord>(string name, DnsRecordType type, CancellationToken cancellationToken)
        where TRecord : DnsRecord
    {
        QueryName.Normalize(name);
        return MeasuredLookup.RunAsync(name, type, () => _records.ResolveAsync<TRecord>(name, type, cancellationToken), _contexts.Metrics, _contexts.Time);
    }

    private ValueTask<DnsAnswer<DnsPtrRecord>> MeasureNamesAsync(IPAddress address, CancellationToken cancellationToken) => MeasuredLookup.RunAsync(
        ReverseName.From(address),
        DnsRecordType.Ptr,
        () => _records.ResolveNamesAsync(address, cancellationToken),
        _contexts.Metrics,
        _contexts.Time);

    private ValueTask<DnsAnswer<DnsRecord>> MeasureQueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken)
    {
        QueryName.Normalize(name);
        QueryType.ThrowIfUnaskable(type);
        return MeasuredLookup.RunAsync(name, type, () => _records.QueryAsync(name, type, cancellationToken), _contexts.Metrics, _contexts.Time);
    }

    // Cached outcomes came from other servers or suffixes, or the hosts file now says something else.
    private void OnSystemChanged(SystemSnapshot snapshot, SystemChanges changes)
    {
        _contexts.Metrics.ConfigurationReloaded();
        if ((changes & SystemChanges.Generation) != 0)
        {
            _engine.ChangeContext(_contexts.Create(snapshot, _engine.Context));
        }
        else
        {
            _engine.ClearCache();
        }
    }

    private DnsAnswer<DnsPtrRecord>? FindLocalNames(string typed, string name) =>
        _engine.Context.Settings.UseHostsFile ? LocalAnswers.FindNames(typed, name, _system.Current.Hosts, _contexts.Time) : null;

    private void Check(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        CheckDisposed();
    }

    private void CheckDisposed()
    {
        ObjectDisposedException.ThrowIf(IsDisposed, typeof(DnsResolver));
        _system.Use();
    }

    internal static ILogger CreateLogger(DnsResolverOptions options) =>
        options.LoggerFactory is { } factory ? new GuardedLogger(factory.CreateLogger<DnsResolver>()) : NullLogger.Instance;

    private AnswerCache CreateCache(DnsResolverOptions options, Func<TimeSpan>? getSuspendedTime)
    {
        getSuspendedTime ??= ReferenceEquals(_contexts.Time, TimeProvider.System) ? SuspendedTime.Read : null;
        return new AnswerCache(options.Cache.Capacity, new CacheClock(_contexts.Time, getSuspendedTime), _contexts.Metrics.Evicted);
    }

    private static void CheckFamily(AddressFamily addressFamily)
    {
        if (addressFamily is not (AddressFamily.Unspecified or AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            throw new ArgumentOutOfRangeException(
                nameof(addressFamily), addressFamily, $"The address family {addressFamily} is not one of Unspecified, InterNetwork and InterNetworkV6.");
        }
    }
}

using StubResolver.Caching;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Answers one question after the other: from the cache, from the same question in flight, or from the servers.</summary>
internal sealed class QueryEngine : IAsyncDisposable
{
    private const int MaxIdle = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<QuestionKey, QuestionRun> _inFlight = [];
    private readonly HashSet<QuestionRun> _running = [];
    private readonly Stack<QuestionRun> _idle = [];
    private readonly RecentOutcomes _recent = new();
    private readonly TaskCompletionSource _allClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<ServerProbe> _probes = [];
    private readonly SleepDetector _sleep;
    private long _lastNumber;
    private volatile QuestionContext _context;
    private volatile bool _isDisposed;

    public QueryEngine(QuestionContext context, AnswerCache cache)
    {
        _context = context;
        _sleep = new SleepDetector(context.Time);
        Cache = cache;
    }

    public QuestionContext Context => _context;

    public AnswerCache Cache { get; }

    public bool IsDisposed => _isDisposed;

    /// <summary>The number of the last question that was sent: what is asked later counts for all who are under way now.</summary>
    public long Mark => Volatile.Read(ref _lastNumber);

    /// <summary>Questions whose sockets may still be open.</summary>
    public int RunningCount
    {
        get
        {
            lock (_gate)
            {
                return _running.Count + _probes.Count;
            }
        }
    }

    /// <summary>Whether a context is of the generation that new lookups begin in.</summary>
    public bool IsCurrent(QuestionContext context) => context.Generation == _context.Generation;

    /// <summary>Asks a question.</summary>
    /// <param name="generation">The generation in which the caller's lookup began: it ends with the servers it began with.</param>
    /// <param name="key">The normalised name and the type.</param>
    /// <param name="waiter">Set when the outcome is there.</param>
    /// <param name="wish">What this caller wants of the question.</param>
    /// <param name="freshAfter">For a refresh: an answer in the cache must outlive this moment of the cache's clock; 0 for now.</param>
    /// <param name="mark">What <see cref="Mark"/> said when the lookup began.</param>
    public QuestionTicket Ask(
        QuestionContext generation, QuestionKey key, WakeSignal waiter, WaiterWish wish, long freshAfter = 0, long mark = long.MaxValue)
    {
        QuestionRun run;
        ForgetServersAfterSleep();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(DnsResolver));
            bool isCurrent = IsCurrent(generation);
            if (isCurrent && QuestionCache.TryGet(this, key, freshAfter) is { } cached)
            {
                return new QuestionTicket(cached);
            }

            if (isCurrent && _inFlight.TryGetValue(key, out QuestionRun? same) && same.TryJoin(waiter, wish))
            {
                return new QuestionTicket(same);
            }

            if (isCurrent && _recent.Find(key, mark) is { } recent)
            {
                return new QuestionTicket(recent);
            }

            QuestionContext context = isCurrent ? _context : generation;
            run = _idle.TryPop(out QuestionRun? idle) ? idle : new QuestionRun(this, context);
            run.Begin(context, key, ++_lastNumber, Cache.GetEpoch(key.Name), isRefresh: freshAfter > 0);
            run.TryJoin(waiter, wish);
            _running.Add(run);
            if (isCurrent)
            {
                _inFlight[key] = run;
            }
        }

        run.Start();
        ProbeFailingServers(run);
        return new QuestionTicket(run);
    }

    /// <summary>Takes the outcome of a question whose sockets are closed; <see langword="null"/> where it was stopped.</summary>
    public void OnEnded(QuestionRun run, QuestionOutcome? outcome)
    {
        if (outcome is not null && IsCurrent(run.Context))
        {
            QuestionCache.Store(this, run, outcome);
        }

        lock (_gate)
        {
            if (_inFlight.TryGetValue(run.Key, out QuestionRun? current) && current == run)
            {
                _inFlight.Remove(run.Key);
                if (outcome is not (null or { Error: DnsError.Timeout }) // others may have more time
                    && run.CacheEpoch == Cache.GetEpoch(run.Key.Name)) // not cleared just now
                {
                    _recent.Add(run.Key, outcome, run.Number);
                }
            }

            _running.Remove(run);
            if (_isDisposed && _running.Count == 0)
            {
                _allClosed.TrySetResult();
            }
        }
    }

    /// <summary>Takes back a question that nobody uses any more.</summary>
    public void Return(QuestionRun run)
    {
        lock (_gate)
        {
            if (!_isDisposed && _idle.Count < MaxIdle)
            {
                _idle.Push(run);
                return;
            }
        }

        run.Dispose();
    }

    public void OnEnded(ServerProbe probe)
    {
        lock (_gate)
        {
            _probes.Remove(probe);
        }
    }

    /// <summary>Forgets all answers; questions in flight do not bring them back, and who asks now does not join them.</summary>
    public void ClearCache()
    {
        lock (_gate)
        {
            _inFlight.Clear();
            _recent.Clear();
        }

        Cache.Clear();
    }

    /// <summary>Forgets the answers about some names.</summary>
    public void ClearCache(IReadOnlyCollection<string> names)
    {
        lock (_gate)
        {
            foreach (QuestionKey key in _inFlight.Keys.Where(key => names.Contains(key.Name, StringComparer.OrdinalIgnoreCase)).ToArray())
            {
                _inFlight.Remove(key);
            }

            _recent.Clear();
        }

        foreach (string name in names)
        {
            Cache.Clear(name);
        }
    }

    /// <summary>Begins a new generation: what was learnt under other servers, suffixes or addresses no longer holds.</summary>
    /// <remarks>The cache is cleared last, so that what somebody asked under the old context has an old epoch.</remarks>
    public void ChangeContext(QuestionContext context)
    {
        lock (_gate)
        {
            _context = context;
            _inFlight.Clear();
            _recent.Clear();
        }

        Cache.Clear();
    }

    public void Dispose()
    {
        QuestionRun[] running;
        QuestionRun[] idle;
        ServerProbe[] probes;
        lock (_gate)
        {
            _isDisposed = true;
            running = [.. _running];
            probes = [.. _probes];
            idle = [.. _idle];
            _idle.Clear();
            if (running.Length == 0)
            {
                _allClosed.TrySetResult();
            }
        }

        foreach (QuestionRun run in idle)
        {
            run.Dispose();
        }

        foreach (QuestionRun run in running)
        {
            run.Abort();
        }

        foreach (ServerProbe probe in probes)
        {
            probe.Abort();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        Task[] completions;
        lock (_gate)
        {
            completions = [_allClosed.Task, .. _probes.Select(probe => probe.Completion)];
        }

        await Task.WhenAll(completions).ConfigureAwait(false);
    }

    // The network may be another one, and connections lead nowhere; answers live on by their own clock.
    private void ForgetServersAfterSleep()
    {
        if (_sleep.Check() > TimeSpan.Zero)
        {
            lock (_gate)
            {
                _context = _context.WithFreshServers();
            }

            _context.Transport.ResetConnections();
        }
    }

    private void ProbeFailingServers(QuestionRun run)
    {
        foreach (ServerState server in run.Context.Servers)
        {
            if (run.Context.Servers.Length > 1 && server.TryBeginProbe())
            {
                Probe(run, server);
            }
        }
    }

    private void Probe(QuestionRun run, ServerState server)
    {
        if (!run.Context.Slots.TryTake())
        {
            server.EndProbe();
            return;
        }

        ServerProbe probe = new(this, run.Context, run.Key, server);
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _probes.Add(probe);
            }
        }

        probe.Start();
    }
}

using StubResolver.Caching;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Answers one question after the other: from the cache, from the same question in flight, or from the servers.</summary>
internal sealed class QueryEngine : IAsyncDisposable
{
    private const int TableBits = 4;
    private const int MinIdle = 256;

    private readonly Lock _gate = new();
    private readonly QuestionTable[] _tables = new QuestionTable[1 << TableBits];
    private readonly IdlePool<QuestionRun> _idle = new(MinIdle);
    private readonly HashSet<QuestionRun> _runs = []; // all there are, idle ones too
    private readonly HashSet<ServerProbe> _probes = [];
    private readonly SleepDetector _sleep;
    private PaddedInt64 _lastNumber;
    private volatile QuestionContext _context;
    private volatile bool _isDisposed;

    public QueryEngine(QuestionContext context, AnswerCache cache)
    {
        _context = context;
        _sleep = new SleepDetector(context.Time);
        Cache = cache;
        for (int i = 0; i < _tables.Length; i++)
        {
            _tables[i] = new QuestionTable(this);
        }
    }

    public QuestionContext Context => _context;

    public AnswerCache Cache { get; }

    public bool IsDisposed => _isDisposed;

    /// <summary>The number of the last question that was sent: what is asked later counts for all who are under way now.</summary>
    public long Mark => Volatile.Read(ref _lastNumber.Value);

    /// <summary>Questions whose sockets may still be open.</summary>
    public int RunningCount
    {
        get
        {
            int count = 0;
            foreach (QuestionTable table in _tables)
            {
                count += table.RunningCount;
            }

            lock (_gate)
            {
                return count + _probes.Count;
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
        if (SpecialNames.Classify(key.Name) == SpecialName.NonExistent)
        {
            return new QuestionTicket(QuestionOutcome.CreateNonExistent(key, generation.Settings.Cache.MaxNegativeTtl));
        }

        ForgetServersAfterSleep();
        QuestionTable table = _tables[(uint)key.GetHashCode() >> (32 - TableBits)];
        QuestionTicket ticket = table.Ask(generation, key, waiter, wish, freshAfter, mark, out QuestionRun? begun);
        if (begun is not null)
        {
            begun.Start();
            ProbeFailingServers(begun);
        }

        return ticket;
    }

    /// <summary>Numbers the questions as they are asked.</summary>
    public long TakeNumber() => Interlocked.Increment(ref _lastNumber.Value);

    /// <summary>Returns an object for the next question.</summary>
    public QuestionRun RentRun(QuestionContext context)
    {
        if (!_idle.TryTake(out QuestionRun? run))
        {
            run = new QuestionRun(this, context);
            lock (_gate)
            {
                _runs.Add(run);
                FitIdle();
            }
        }

        return run;
    }

    /// <summary>Takes back a question that nobody uses any more.</summary>
    public void Return(QuestionRun run)
    {
        run.Rest();
        _idle.Return(run);
    }

    /// <summary>Forgets an object that is of no more use.</summary>
    public void OnDisposed(QuestionRun run)
    {
        lock (_gate)
        {
            _runs.Remove(run);
            FitIdle();
        }
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
        ForgetQuestions(static _ => true);
        Cache.Clear();
    }

    /// <summary>Forgets the answers about some names.</summary>
    public void ClearCache(IReadOnlyCollection<string> names)
    {
        ForgetQuestions(run => names.Contains(run.Key.Name, StringComparer.OrdinalIgnoreCase));
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
        }

        ForgetQuestions(run => run.Context.Generation != context.Generation);
        Cache.Clear();
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (QuestionTable table in _tables)
        {
            table.Dispose();
        }

        QuestionRun[] runs;
        ServerProbe[] probes;
        lock (_gate)
        {
            runs = [.. _runs];
            probes = [.. _probes];
        }

        foreach (QuestionRun run in runs)
        {
            run.Stop(); // all first: one that ends hands its slot to the next
        }

        foreach (QuestionRun run in runs)
        {
            run.Wake();
        }

        foreach (ServerProbe probe in probes)
        {
            probe.Abort();
        }

        _idle.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        Task[] completions;
        lock (_gate)
        {
            completions = [.. _tables.Select(table => table.AllClosed), .. _probes.Select(probe => probe.Completion)];
        }

        await Task.WhenAll(completions).ConfigureAwait(false);
    }

    // As many as are in use: lookups give back two questions at a time, and the next ones want them one by one (benchmark: load, 10,000 at a time).
    private void FitIdle() => _idle.Capacity = Math.Max(MinIdle, _runs.Count / 2);

    private void ForgetQuestions(Func<QuestionRun, bool> isForgotten)
    {
        foreach (QuestionTable table in _tables)
        {
            table.Forget(isForgotten);
        }
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

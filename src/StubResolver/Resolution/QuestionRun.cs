using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>One question in flight, shared by all who ask the same: it goes on while one of them waits.</summary>
/// <remarks>
/// Used for one question after the other (benchmark: load); it goes back to the engine when its loop has ended and all who joined have left.
/// </remarks>
internal sealed partial class QuestionRun : IDisposable
{
    /// <summary>All rounds over the servers that the settings allow.</summary>
    public const int AllRounds = int.MaxValue;

    /// <summary>One transmission per server.</summary>
    public const int BriefRounds = 1;

    private const int MaxExtraQueries = 8;

    /// <summary>The next one in its chain of the <see cref="QuestionIndex"/>.</summary>
    public QuestionRun? NextInChain;

    private readonly QueryEngine _engine;
    private readonly Lock _gate = new();
    private readonly QuestionControl _control = new();
    private readonly QuestionWaiters _waiters;
    private readonly QuestionInbox _inbox;
    private readonly TransmissionLog _log;
    private readonly ServerRounds _rounds;
    private readonly Action _onLoopEnded;
    private QuestionTable _table = null!; // set by Begin
    private volatile QuestionOutcome? _outcome;
    private ExceptionDispatchInfo? _fault;
    private string _name = "";
    private TimeSpan _aliasTtl;
    private int _extraQueries;
    private ValueTask _loop;
    private int _users;
    private int _isSilenceClaimed;
    private bool _isOver;

    public QuestionRun(QueryEngine engine, QuestionContext context)
    {
        _engine = engine;
        Context = context;
        _waiters = new QuestionWaiters(_control);
        _inbox = new QuestionInbox(context.Time);
        _log = new TransmissionLog(context.Time, context.Metrics, context.Logger);
        _rounds = new ServerRounds(_inbox, _control, _log, WakeWaitersAside);
        _onLoopEnded = OnLoopEnded;
    }

    public QuestionKey Key { get; private set; }

    public QuestionContext Context { get; private set; }

    /// <summary>Questions are numbered as they are asked.</summary>
    public long Number { get; private set; }

    /// <summary>The state of the cache when the question was asked.</summary>
    public int CacheEpoch { get; private set; }

    /// <summary>Whether it was asked to renew an answer that still counts.</summary>
    public bool IsRefresh { get; private set; }

    /// <summary>Whether it waited until others were done.</summary>
    public bool WaitedForSlot => _control.WaitedForSlot;

    /// <summary>Whether it waits for that now.</summary>
    public bool IsWaitingForSlot => _control.IsWaitingForSlot;

    /// <summary>The outcome, or <see langword="null"/> while there is none.</summary>
    public QuestionOutcome? Outcome
    {
        get
        {
            Volatile.Read(ref _fault)?.Throw();
            return _outcome;
        }
    }

    /// <summary>When it got the slot that it waited for (a timestamp); 0 where it did not wait, or has none.</summary>
    public long SlotTakenAt => _control.SlotTakenAt;

    /// <summary>Why every server failed it so far.</summary>
    public InterimFailure? InterimFailure => _control.InterimFailure;

    public DnsAttempt[] GetAttempts() => _log.ToAttempts();

    /// <summary>The server that is asked first; <see langword="null"/> before that.</summary>
    public ServerState? FirstServer => _log.FirstServer;

    /// <summary>Whether a server was asked; true once.</summary>
    public bool TryClaimSilence(DnsServer server) => _log.Has(server) && Interlocked.Exchange(ref _isSilenceClaimed, 1) == 0;

    /// <summary>Begins with a question; its loop counts as the first user.</summary>
    public void Begin(QuestionTable table, QuestionContext context, QuestionKey key, long number, int cacheEpoch, bool isRefresh)
    {
        _table = table;
        (Context, Key, Number, CacheEpoch, IsRefresh) = (context, key, number, cacheEpoch, isRefresh);
        _inbox.Reset();
        _control.Reset();
        _isSilenceClaimed = 0;
        _isOver = false;
        _users = 1;
    }

    /// <summary>Lets go of the question, which nobody uses any more.</summary>
    public void Rest()
    {
        _log.Clear();
        _rounds.Rest();
        _outcome = null;
        _fault = null;
    }

    [SuppressMessage("Reliability", "CA2012", Justification = "Its result is taken once, in OnLoopEnded.")]
    public void Start()
    {
        CleanContext.Run(static run => ((QuestionRun)run!)._loop = ((QuestionRun)run).RunAsync(), this);

        if (_loop.IsCompleted)
        {
            OnLoopEnded();
        }
        else
        {
            _loop.GetAwaiter().UnsafeOnCompleted(_onLoopEnded);
        }
    }

    /// <summary>Ends the question, as soon as it is woken.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _isOver = true;
            _control.Stop(isDeadline: false);
        }
    }

    /// <summary>Lets it see that it was stopped; those who wait are woken.</summary>
    public void Wake() => _inbox.Wake();

    public void Dispose()
    {
        _inbox.Dispose();
        _engine.OnDisposed(this);
    }

    /// <summary>Asks for the name, then for what its aliases lead to, while it has a slot; there is no outcome when it was stopped.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] // gain: benchmark load
    private async ValueTask RunAsync()
    {
        try
        {
            do
            {
                if (!await Context.Slots.TakeAsync(_inbox, _control).ConfigureAwait(false))
                {
                    continue;
                }

                try
                {
                    BeginAsking();
                    while (!TryConclude(await _rounds.RunAsync(Context, _name, Key.Type).ConfigureAwait(false)))
                    {
                        _extraQueries++;
                    }
                }
                finally
                {
                    Context.Slots.Release(_inbox);
                }
            }
            while (_outcome is null && !TryEndUnanswered());
        }
        catch (Exception e)
        {
            StoreFault(e);
        }

        End();
    }

    private void OnLoopEnded()
    {
        _loop.GetAwaiter().GetResult(); // it does not throw
        RemoveUser();
    }

    // Those who wait get it from Outcome. An exception that left the loop would end the process: sockets and timers run it.
    private void StoreFault(Exception exception)
    {
        Volatile.Write(ref _fault, ExceptionDispatchInfo.Capture(exception));
        ResolverLog.QuestionFaulted(Context.Logger, exception, Key.Type.ToMnemonic(), Key.Name);
    }

    private void BeginAsking()
    {
        (_name, _aliasTtl, _extraQueries) = (Key.Name, TimeSpan.MaxValue, 0);
        if (_control.WaitedForSlot)
        {
            long now = Context.Time.GetTimestamp();
            _control.OnSlotTaken(now, tellAt: After(now, AddressLookupSchedule.GetShortestWait(Context.Settings.SequentialPatience)));
        }
    }

    private void End()
    {
        try
        {
            if (_outcome is not null && _engine.IsCurrent(Context))
            {
                QuestionCache.Store(_engine, this, _outcome);
            }
        }
        catch (Exception e)
        {
            StoreFault(e);
        }

        _table.OnEnded(this, _outcome);

        EndForWaiters(); // last: who goes on right here may wait for the end of all questions, and block
    }

    /// <summary>Makes the outcome of a result; false where the end of its aliases is to be asked for first.</summary>
    private bool TryConclude(RoundsResult result)
    {
        if (result.WasStopped)
        {
            _outcome = _control.WasDeadline && _log.Count > 0 ? OutcomeFactory.CreateFailure(this, new RoundsResult { Error = DnsError.Timeout }) : null;
            return true;
        }

        if (result.Response is null)
        {
            _outcome = OutcomeFactory.CreateFailure(this, result);
            return true;
        }

        if (OutcomeFactory.IsComplete(result) || SpecialNames.Classify(result.Chain.Name) != SpecialName.None)
        {
            _outcome = OutcomeFactory.CreateAnswer(this, result, _aliasTtl);
            return true;
        }

        if (_extraQueries == MaxExtraQueries)
        {
            _outcome = OutcomeFactory.CreateFailure(this, new RoundsResult { Error = DnsError.MalformedResponse });
            return true;
        }

        _name = result.Chain.Name;
        _aliasTtl = _aliasTtl < result.Chain.Ttl ? _aliasTtl : result.Chain.Ttl;
        return false;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>One question in flight, shared by all who ask the same: it goes on while one of them waits.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It cleans up after itself when its run ends.")]
internal sealed class QuestionRun(QueryEngine engine, QuestionContext context, QuestionKey key, int cacheEpoch, bool isRefresh)
{
    /// <summary>All rounds over the servers that the settings allow.</summary>
    public const int AllRounds = int.MaxValue;

    /// <summary>One transmission per server.</summary>
    public const int BriefRounds = 1;

    private const int MaxExtraQueries = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<WakeSignal, int> _waiters = []; // and the rounds over the servers each wants
    private readonly QuestionInbox _inbox = new(context.Time);
    private readonly QuestionControl _control = new();
    private readonly TransmissionLog _log = new(context.Time, context.Metrics, context.Logger);
    private volatile QuestionOutcome? _outcome;
    private ExceptionDispatchInfo? _fault;
    private int _patientWaiters;
    private bool _isOver;

    public QuestionKey Key { get; } = key;

    public QuestionContext Context { get; } = context;

    /// <summary>The state of the cache when the question was asked.</summary>
    public int CacheEpoch { get; } = cacheEpoch;

    /// <summary>Whether it was asked to renew an answer that still counts.</summary>
    public bool IsRefresh { get; } = isRefresh;

    /// <summary>Whether it waited until others were done.</summary>
    public bool WaitedForSlot => _control.WaitedForSlot;

    /// <summary>Ends when the question's sockets are closed; never fails.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>The outcome, or <see langword="null"/> while there is none.</summary>
    public QuestionOutcome? Outcome
    {
        get
        {
            Volatile.Read(ref _fault)?.Throw();
            return _outcome;
        }
    }

    /// <summary>Why every server failed it so far.</summary>
    public InterimFailure? InterimFailure => _control.InterimFailure;

    public DnsAttempt[] GetAttempts() => _log.ToAttempts();

    /// <summary>Whether the question still waits for a slot.</summary>
    public bool WasNeverSent => _control.IsWaitingForSlot;

    public void Start()
    {
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            Completion = RunAsync();
        }
    }

    /// <summary>Joins those who wait; false when the question is over.</summary>
    public bool TryJoin(WakeSignal waiter, int rounds)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            Enter(waiter, rounds);
            _control.Resume();
            return true;
        }
    }

    /// <summary>Lowers the rounds over the servers that one of those who wait wants.</summary>
    public void LimitRounds(WakeSignal waiter, int rounds)
    {
        lock (_gate)
        {
            if (Exit(waiter))
            {
                Enter(waiter, rounds);
            }
        }
    }

    /// <summary>Leaves those who wait; when the last one does, the question stops or only listens on.</summary>
    public void Leave(WakeSignal waiter, LeaveReason reason)
    {
        lock (_gate)
        {
            if (!Exit(waiter) || _isOver || _waiters.Count > 0)
            {
                return;
            }

            if (reason == LeaveReason.Satisfied)
            {
                _control.OnlyListen(After(Context.Settings.AttemptTimeout));
            }
            else
            {
                _isOver = true; // who asks now asks anew
                _control.Stop(reason == LeaveReason.Deadline);
            }
        }

        _inbox.Wake();
    }

    /// <summary>Ends the question; those who wait are woken.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            _isOver = true;
            _control.Stop(isDeadline: false);
        }

        _inbox.Wake();
    }

    private async Task RunAsync()
    {
        try
        {
            _outcome = await AskInSlotAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (StoreFault(e))
        {
            // those who wait get it from Outcome
        }

        engine.OnEnded(this, _outcome);
        lock (_gate)
        {
            _isOver = true;
        }

        _inbox.Dispose();
        WakeWaiters();
    }

    private void WakeWaiters()
    {
        WakeSignal[] waiters;
        lock (_gate)
        {
            waiters = [.. _waiters.Keys];
        }

        foreach (WakeSignal waiter in waiters)
        {
            waiter.Set();
        }
    }

    private bool StoreFault(Exception exception)
    {
        Volatile.Write(ref _fault, ExceptionDispatchInfo.Capture(exception));
        return true;
    }

    private async ValueTask<QuestionOutcome?> AskInSlotAsync()
    {
        if (!await Context.Slots.TakeAsync(_inbox, _control).ConfigureAwait(false))
        {
            return null;
        }

        try
        {
            return await AskAsync().ConfigureAwait(false);
        }
        finally
        {
            Context.Slots.Release();
        }
    }

    /// <summary>Asks for the name, then for what its aliases lead to; <see langword="null"/> when stopped.</summary>
    private async ValueTask<QuestionOutcome?> AskAsync()
    {
        string name = Key.Name;
        TimeSpan aliasTtl = TimeSpan.MaxValue;
        for (int extraQueries = 0; ; extraQueries++)
        {
            ServerRounds rounds = new(Context, name, Key.Type, _inbox, _control, _log, WakeWaiters);
            RoundsResult result = await rounds.RunAsync().ConfigureAwait(false);
            if (result.WasStopped)
            {
                return _control.WasDeadline && _log.Count > 0 ? OutcomeFactory.CreateFailure(this, new RoundsResult { Error = DnsError.Timeout }) : null;
            }

            if (result.Response is null)
            {
                return OutcomeFactory.CreateFailure(this, result);
            }

            if (OutcomeFactory.IsComplete(result))
            {
                return OutcomeFactory.CreateAnswer(this, result, aliasTtl);
            }

            if (extraQueries == MaxExtraQueries)
            {
                return OutcomeFactory.CreateFailure(this, new RoundsResult { Error = DnsError.MalformedResponse });
            }

            name = result.Chain.Name;
            aliasTtl = aliasTtl < result.Chain.Ttl ? aliasTtl : result.Chain.Ttl;
        }
    }

    private void Enter(WakeSignal waiter, int rounds)
    {
        _waiters.Add(waiter, rounds);
        _patientWaiters += rounds == AllRounds ? 1 : 0;
        _control.Rounds = _patientWaiters > 0 ? AllRounds : BriefRounds;
    }

    private bool Exit(WakeSignal waiter)
    {
        if (!_waiters.Remove(waiter, out int rounds))
        {
            return false;
        }

        _patientWaiters -= rounds == AllRounds ? 1 : 0;
        _control.Rounds = _patientWaiters > 0 ? AllRounds : BriefRounds;
        return true;
    }

    private long After(TimeSpan wait) => Context.Time.GetTimestamp() + (long)(wait.TotalSeconds * Context.Time.TimestampFrequency);
}

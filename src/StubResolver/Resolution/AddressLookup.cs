using System.Net.Sockets;
using System.Runtime.CompilerServices;
using StubResolver.Caching;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Looks up the addresses of one candidate name after the other: carries out the <see cref="AddressLookupSchedule"/>.</summary>
internal sealed class AddressLookup(
    QueryEngine engine, QuestionContext context, WakeSignal signal, LookupRequest request, bool skipsAaaa, CancellationToken cancellationToken)
    : ICandidateLookup<CandidateOutcome>
{
    private readonly long _mark = engine.Mark;
    private string _name = "";
    private long _startedAt;
    private QuestionTicket _aaaa;
    private QuestionTicket _a;
    private AddressLookupState _state;

    /// <summary>Whether a question was not in the cache.</summary>
    public bool HasAsked { get; private set; }

    public IReadOnlyList<DnsAttempt> Attempts { get; private set; } = [];

    private TimeProvider Time => context.Time;

    /// <summary>Asks for the wanted families until there is enough, or until the deadline (a timestamp).</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // gain: benchmark load
    public async ValueTask<CandidateOutcome> RunAsync(string name, long deadline)
    {
        Begin(name);
        int epoch = engine.Cache.GetEpoch(name);
        TimeSpan end = Time.GetElapsedTime(_startedAt, deadline);
        TimeSpan now = TimeSpan.Zero; // as of the last wait: asking takes no time
        LeaveReason reason = LeaveReason.Cancelled;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(engine.IsDisposed, typeof(DnsResolver));
                Observe(now);
                AddressLookupStep step = AddressLookupSchedule.GetNext(_state, end, now);
                if (step.Kind == AddressLookupStepKind.Finish)
                {
                    reason = now >= end ? LeaveReason.Deadline : LeaveReason.Satisfied;
                    CandidateOutcome outcome = Finish(epoch, isDeadline: now >= end);
                    Attempts = outcome.Error is null ? [] : QuestionTicket.GetAttempts(_aaaa, _a); // before the questions are left
                    return outcome;
                }

                if (step.Kind == AddressLookupStepKind.Wait)
                {
                    await signal.WaitAsync(Math.Min(deadline, ToTimestamp(step.Until))).ConfigureAwait(false);
                    now = Time.GetElapsedTime(_startedAt);
                }
                else
                {
                    Ask(step.Kind, now);
                }
            }
        }
        finally
        {
            _aaaa.Leave(signal, reason);
            _a.Leave(signal, reason);
        }
    }

    private void Begin(string name)
    {
        ResolverSettings settings = context.Settings;
        (_name, _startedAt, _aaaa, _a) = (name, Time.GetTimestamp(), default, default);
        _state = new AddressLookupState
        {
            Aaaa = request.Family == AddressFamily.InterNetwork || skipsAaaa ? FamilyProgress.NotWanted : FamilyProgress.NotAsked,
            A = request.Family == AddressFamily.InterNetworkV6 ? FamilyProgress.NotWanted : FamilyProgress.NotAsked,
            Patience = GetPatience(settings),
            RequiresBoth = settings.RequireBothFamilies,
        };
    }

    private static TimeSpan GetPatience(ResolverSettings settings) =>
        settings.AddressQueryOrder == DnsAddressOrder.Parallel ? TimeSpan.Zero
        : settings.SequentialPatience == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue
        : settings.SequentialPatience;

    // A server known to leave AAAA unanswered is not waited for, but where strictly one after the other was asked for.
    private TimeSpan ShortenPatience(TimeSpan patience) =>
        patience != TimeSpan.MaxValue && _aaaa.FirstServer is { Protocol.IgnoresAaaa: true } ? TimeSpan.Zero : patience;

    private void Ask(AddressLookupStepKind kind, TimeSpan now)
    {
        if (kind == AddressLookupStepKind.AskAaaa)
        {
            _aaaa = engine.Ask(context, new QuestionKey(_name, DnsRecordType.Aaaa), signal, GetWish(QuestionRun.AllRounds), request.FreshAfter, _mark);
            HasAsked |= !_aaaa.IsKnown;
            _state = _state with { Aaaa = GetProgress(_aaaa), AaaaAskedAt = now, Patience = ShortenPatience(_state.Patience) };
            return;
        }

        int rounds = kind == AddressLookupStepKind.AskABriefly ? QuestionRun.BriefRounds : QuestionRun.AllRounds;
        _a = engine.Ask(context, new QuestionKey(_name, DnsRecordType.A), signal, GetWish(rounds), request.FreshAfter, _mark);
        HasAsked |= !_a.IsKnown;
        _state = _state with { A = GetProgress(_a), AAskedAt = now };
    }

    private WaiterWish GetWish(int rounds) => new(rounds, request.IsBackground);

    private void Observe(TimeSpan now)
    {
        if (AddressLookupSchedule.IsInFlight(_state.Aaaa))
        {
            bool wasQueued = _state.Aaaa == FamilyProgress.Queued;
            _state = _state with { Aaaa = GetProgress(_aaaa), AaaaAskedAt = wasQueued ? GetAskedAt(_aaaa, now) : _state.AaaaAskedAt };
        }

        if (AddressLookupSchedule.IsInFlight(_state.A))
        {
            bool wasQueued = _state.A == FamilyProgress.Queued;
            _state = _state with { A = GetProgress(_a), AAskedAt = wasQueued ? GetAskedAt(_a, now) : _state.AAskedAt };
        }

        if (AddressLookupSchedule.IsInFlight(_state.Aaaa) && _aaaa.Outcome is { } aaaa)
        {
            _state = _state with { Aaaa = GetProgress(aaaa, _state.A), AaaaEndedAt = now };
            if (_state is { Aaaa: FamilyProgress.Reachable, RequiresBoth: false } && AddressLookupSchedule.IsInFlight(_state.A))
            {
                _a.LimitRounds(signal, QuestionRun.BriefRounds);
            }
        }

        if (AddressLookupSchedule.IsInFlight(_state.A) && _a.Outcome is { } a)
        {
            _state = _state with { A = GetProgress(a, _state.Aaaa), AEndedAt = now };
        }
    }

    // The times to wait for a question begin when it gets its slot, and nobody is woken at that moment.
    private TimeSpan GetAskedAt(in QuestionTicket ticket, TimeSpan now) =>
        ticket.SlotTakenAt is var takenAt and not 0 ? Time.GetElapsedTime(_startedAt, takenAt) : now;

    private static FamilyProgress GetProgress(in QuestionTicket ticket) =>
        ticket.IsWaitingForSlot ? FamilyProgress.Queued : ticket.IsFailing ? FamilyProgress.Failing : FamilyProgress.Pending;

    // Routes matter only while the other family is still to come.
    private FamilyProgress GetProgress(QuestionOutcome outcome, FamilyProgress other) =>
        outcome.Error is null && (other == FamilyProgress.NotAsked || AddressLookupSchedule.IsInFlight(other)) && context.HasRoute(outcome)
            ? FamilyProgress.Reachable
            : FamilyProgress.Ended;

    private CandidateOutcome Finish(int epoch, bool isDeadline)
    {
        QuestionOutcome? aaaa = GetOutcome(_aaaa, _state.Aaaa, DnsRecordType.Aaaa, isDeadline);
        QuestionOutcome? a = GetOutcome(_a, _state.A, DnsRecordType.A, isDeadline);
        NoteSilence(aaaa, a);

        FamilyOutcomes families = new(aaaa, a);
        TimeSpan failureLife = families.GetPartialFailure() is { } failure && FailureMemory.Classify(failure) is not null
            && engine.IsCurrent(context)
            ? FailureMemory.Remember(engine, failure, FailureKind.OneFamily, epoch)
            : TimeSpan.Zero;
        FamilyOutcomes served = new(FindStale(aaaa, _aaaa) ?? aaaa, FindStale(a, _a) ?? a);
        return CandidateOutcome.Create(families, served, failureLife, engine.Cache.Clock.Now, context.Settings);
    }

    /// <summary>Returns what was known before about a family that failed now; one that is only late has not.</summary>
    private QuestionOutcome? FindStale(QuestionOutcome? outcome, in QuestionTicket ticket)
    {
        bool isLate = outcome is { Error: DnsError.Timeout } && ticket.Outcome is null && Time.GetElapsedTime(_startedAt) < StaleRule.ResponseTime;
        return outcome is { IsAnswer: false } or { IsLame: true } && !isLate && context.Settings.Cache.MaxStale > TimeSpan.Zero && engine.IsCurrent(context)
            ? QuestionCache.FindRecords(engine.Cache, outcome.Name, outcome.Type)
            : null;
    }

    /// <summary>Notes for a server that answered A whether it left AAAA silent; each question counts once, whoever shared it.</summary>
    private void NoteSilence(QuestionOutcome? aaaa, QuestionOutcome? a)
    {
        if (aaaa is null || a is not { IsAnswer: true, Server: { } server } || _aaaa.FirstServer is null || _a.FirstServer is null)
        {
            return;
        }

        bool isSilent = aaaa.Error == DnsError.Timeout;
        if (!isSilent || _aaaa.TryClaimSilence(server))
        {
            engine.Context.FindServer(server)?.Protocol.OnAddressesAnswered(isSilent);
        }
    }

    private QuestionOutcome? GetOutcome(in QuestionTicket ticket, FamilyProgress progress, DnsRecordType type, bool isDeadline) =>
        progress == FamilyProgress.NotWanted ? null : ticket.Outcome ?? ticket.CreateInterim(new QuestionKey(_name, type), isDeadline);

    private long ToTimestamp(TimeSpan sinceStart) => sinceStart == TimeSpan.MaxValue
        ? WakeSignal.Never
        : _startedAt + (long)Math.Ceiling(sinceStart.TotalSeconds * Time.TimestampFrequency);
}

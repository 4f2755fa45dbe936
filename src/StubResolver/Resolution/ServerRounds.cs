using System.Runtime.CompilerServices;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>
/// Asks the servers for one name: carries out the <see cref="TransmissionSchedule"/> and hears its transmissions until one brings the final
/// reply. Used by one loop, for one name after the other.
/// </summary>
internal sealed partial class ServerRounds(QuestionInbox inbox, QuestionControl control, TransmissionLog log, Action? wakeWaiters = null)
{
    private const int NearMissesToDistrustUdp = 10;
    private const long GoOn = 0;

    private static readonly RoundsResult s_stopped = new() { WasStopped = true };

    private readonly QuestionInbox _inbox = inbox;
    private readonly QuestionControl _control = control;
    private readonly TransmissionLog _log = log;
    private readonly RoundsResult _accepted = new(); // for one name after the other
    private QuestionContext _context = null!; // set by RunAsync
    private string _name = "";
    private DnsRecordType _type;
    private ServerState[] _servers = [];
    private ServerProgress[] _progress = [];
    private long _startedAt;
    private long _now; // when the loop began or last woke: reading the clock at each use costs more than it tells (benchmark: scale)
    private bool _hasSentSince;
    private int _firstTag;
    private ScheduleState _state;
    private FailureSummary _failures;
    private int _tryServer;
    private int _tryFirstTag;
    private long _tryStartedAt;
    private int _nearMisses;
    private int _hedgeSlots;
    private bool _isHedged;
    private bool _wasRefused;

    private TimeSpan Now => SinceStart(_now);

    /// <summary>Asks for one name; to be called again only after it ended and nobody needs the result any more.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // gain: benchmark load
    public async ValueTask<RoundsResult> RunAsync(QuestionContext context, string name, DnsRecordType type)
    {
        Begin(context, name, type);
        try
        {
            while (true)
            {
                while (_inbox.TryTake(out TransmissionEvent transmissionEvent))
                {
                    ReadClockAfterSending();
                    if (Handle(transmissionEvent) is { } result)
                    {
                        return result;
                    }
                }

                if (_control.IsStopped || (_control.IsStraggler && IsDoneListening()))
                {
                    return s_stopped;
                }

                long until = _control.ListenUntil;
                if (until == WakeSignal.Never && TakeStep(out until) is { } failure)
                {
                    return failure;
                }

                if (until == GoOn)
                {
                    continue;
                }

                await _inbox.WaitAsync(until).ConfigureAwait(false);
                (_now, _hasSentSince) = (context.Time.GetTimestamp(), false);
            }
        }
        finally
        {
            End();
        }
    }

    /// <summary>Lets go of the last reply.</summary>
    public void Rest() => _accepted.Clear();

    private void Begin(QuestionContext context, string name, DnsRecordType type)
    {
        _context = context;
        _name = name;
        _type = type;
        _firstTag = _log.Count;
        _startedAt = _now = context.Time.GetTimestamp();
        _hasSentSince = false;
        _state = new ScheduleState(0, 0, TimeSpan.Zero, LastSentAt: -TimeSpan.FromTicks(1), 0, HasWaited: false);
        _failures = default;
        (_tryServer, _tryFirstTag) = (-1, 0);
        _nearMisses = _firstTag == 0 ? 0 : _nearMisses; // of the whole question: what its aliases lead to included
        (_isHedged, _wasRefused) = (false, false);
        _servers = ServerOrder.Arrange(context.Servers, context.Settings.RotateServers, context.Random);
        _progress = _progress.Length == _servers.Length ? _progress : new ServerProgress[_servers.Length];
        for (int i = 0; i < _servers.Length; i++)
        {
            _progress[i] = new ServerProgress
            {
                IsTcpServer = _servers[i].Server.Protocol == DnsProtocol.Tcp,
                NeedsTcp = _nearMisses >= NearMissesToDistrustUdp,
                PrefersTcp = _servers[i].Protocol.PrefersTcp,
                Edns = context.Settings.UdpPayloadSize == 0 ? EdnsLevel.None : _servers[i].Edns.Level,
            };
        }
    }

    // A reply that is there before the loop has waited is not there in no time.
    private void ReadClockAfterSending()
    {
        if (_hasSentSince)
        {
            (_now, _hasSentSince) = (_context.Time.GetTimestamp(), false);
        }
    }

    private bool IsDoneListening() => _state.Outstanding == 0 || _now >= _control.ListenUntil;

    /// <summary>Sends, waits or gives up, as the schedule says; returns the result when it is to give up, else until when to wait.</summary>
    private RoundsResult? TakeStep(out long until)
    {
        until = GoOn;
        TimeSpan now = Now;
        if (EndTryIfOver(now) is { } result)
        {
            return result;
        }

        TellWaitersIfDue();
        int rounds = Math.Min(_context.Settings.Attempts, _control.Rounds);
        ScheduleStep step = TransmissionSchedule.GetNext(_state, _progress, rounds, _context.Settings.AttemptTimeout, now);
        switch (step.Kind)
        {
            case ScheduleStepKind.Send:
                Try(step);
                return null;
            case ScheduleStepKind.Pause:
                TimeSpan pause = RetryTimer.GetPause(step.Round, _context.Random.NextDouble());
                _state = _state with { Round = step.Round + 1, Position = 0, NextSendAt = now + pause };
                ReportInterimFailure();
                return null;
            case ScheduleStepKind.Wait:
                until = Math.Min(ToTimestamp(step.Until), _control.TellAt);
                return null;
            default:
                return TakeLastDoubtful() ?? _failures.ToResult(HasSilentServer());
        }
    }

    private void TellWaitersIfDue()
    {
        if (_now >= _control.TellAt)
        {
            _control.OnTold();
            wakeWaiters?.Invoke();
        }
    }

    private void ReportInterimFailure()
    {
        RoundsResult failure = _failures.ToResult(hasSilentServer: false);
        _control.InterimFailure = new InterimFailure(failure.Error!.Value, failure.ResponseCode, failure.ExtendedErrors!);
        wakeWaiters?.Invoke();
    }

    /// <summary>Notes that the time of the try under way went by; a doubtful reply counts then.</summary>
    private RoundsResult? EndTryIfOver(TimeSpan now)
    {
        if (_tryServer < 0 || now < _state.NextSendAt)
        {
            return null;
        }

        _state = _state with { HasWaited = true };
        if (!_isHedged)
        {
            OnWholeTryOver();
        }

        int server = _tryServer;
        _tryServer = -1;
        return TakeDoubtful(server);
    }

    private void OnWholeTryOver()
    {
        _progress[_tryServer].WasSilent = true;
        _progress[_tryServer].WasTcpSilent |= _progress[_tryServer].TcpOutstanding > 0;
        for (int tag = _firstTag; tag < _log.Count; tag++)
        {
            ref readonly TransmissionLog.Entry entry = ref _log[tag];
            if (entry.ServerIndex == _tryServer)
            {
                entry.Transmission?.OnTryOver(_tryStartedAt);
            }
        }
    }

    private bool HasSilentServer()
    {
        foreach (ServerProgress progress in _progress)
        {
            if (progress is { WasSilent: true, HasSpoken: false })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Stops what is outstanding, and remembers which servers stayed silent for a whole try.</summary>
    private void End()
    {
        for (int tag = _firstTag; tag < _log.Count; tag++)
        {
            if (_log[tag].IsOutstanding)
            {
                _log.End(tag, _now, DnsError.Timeout);
            }
        }

        for (int i = 0; i < _servers.Length; i++)
        {
            if (_progress[i] is { WasSilent: true, HasSpoken: false })
            {
                ReportFailing(_servers[i], _servers[i].OnSilence(), "does not answer");
            }
        }

        for (; _hedgeSlots > 0; _hedgeSlots--)
        {
            _context.Slots.Release();
        }
    }

    private TimeSpan SinceStart(long timestamp) => _context.Time.GetElapsedTime(_startedAt, timestamp);

    private long ToTimestamp(TimeSpan sinceStart) =>
        _startedAt + (long)Math.Ceiling(sinceStart.TotalSeconds * _context.Time.TimestampFrequency);
}

using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>A question somebody waits for: already answered, or in flight.</summary>
internal readonly struct QuestionTicket
{
    private readonly QuestionRun? _run;
    private readonly QuestionOutcome? _outcome;

    public QuestionTicket(QuestionRun run) => _run = run;

    public QuestionTicket(QuestionOutcome outcome) => _outcome = outcome;

    /// <summary>The outcome, or <see langword="null"/> while there is none.</summary>
    public QuestionOutcome? Outcome => _outcome ?? _run?.Outcome;

    /// <summary>Whether every server failed it at least once, so that waiting is of little use.</summary>
    public bool IsFailing => _run?.InterimFailure is not null;

    /// <summary>Makes the outcome for one who waits no longer, with what was sent and said so far.</summary>
    public QuestionOutcome CreateInterim(QuestionKey key) => new()
    {
        Name = key.Name,
        Type = key.Type,
        CanonicalName = key.Name,
        Error = _run?.InterimFailure?.Error ?? DnsError.Timeout,
        ResponseCode = _run?.InterimFailure?.ResponseCode,
        ExtendedErrors = _run?.InterimFailure?.ExtendedErrors ?? [],
        Attempts = _run?.GetAttempts() ?? [],
        WaitedForSlot = _run is { WaitedForSlot: true },
        WasNeverSent = _run is { WasNeverSent: true },
    };

    /// <summary>Lowers the rounds over the servers this waiter wants.</summary>
    public void LimitRounds(WakeSignal waiter, int rounds) => _run?.LimitRounds(waiter, rounds);

    public void Leave(WakeSignal waiter, LeaveReason reason) => _run?.Leave(waiter, reason);
}

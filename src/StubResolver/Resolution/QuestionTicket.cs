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

    /// <summary>Whether nobody has to be asked.</summary>
    public bool IsKnown => _outcome is not null;

    /// <summary>Whether every server failed it at least once, so that waiting is of little use.</summary>
    public bool IsFailing => _run?.InterimFailure is not null;

    /// <summary>Whether it was not sent yet, for too many others are in flight.</summary>
    public bool IsWaitingForSlot => _run is { IsWaitingForSlot: true };

    /// <summary>When it got the slot that it waited for (a timestamp); 0 where it did not wait, or has none.</summary>
    public long SlotTakenAt => _run?.SlotTakenAt ?? 0;

    /// <summary>The server that is asked first; <see langword="null"/> where none was, as for what the cache knew.</summary>
    public ServerState? FirstServer => _run?.FirstServer;

    private IReadOnlyList<DnsAttempt> Attempts => _run?.GetAttempts() ?? _outcome?.Attempts ?? [];

    /// <summary>Returns the transmissions of two questions, in the order they left; to be called before they are left.</summary>
    public static IReadOnlyList<DnsAttempt> GetAttempts(in QuestionTicket first, in QuestionTicket second) =>
        [.. first.Attempts.Concat(second.Attempts).OrderBy(attempt => attempt.SentAt)];

    /// <summary>Makes the outcome for one who waits no longer, with what was sent and said so far.</summary>
    /// <param name="key">The question.</param>
    /// <param name="isDeadline">Whether the time is over, which is the error then, whatever the servers said meanwhile.</param>
    public QuestionOutcome CreateInterim(QuestionKey key, bool isDeadline) => new()
    {
        Name = key.Name,
        Type = key.Type,
        Error = isDeadline ? DnsError.Timeout : _run?.InterimFailure?.Error ?? DnsError.Timeout,
        ResponseCode = _run?.InterimFailure?.ResponseCode,
        ExtendedErrors = _run?.InterimFailure?.ExtendedErrors ?? [],
        Attempts = _run?.GetAttempts() ?? [],
        WaitedForSlot = _run is { WaitedForSlot: true },
    };

    /// <summary>Whether a server was asked; true once for all who wait for the question.</summary>
    public bool TryClaimSilence(DnsServer server) => _run?.TryClaimSilence(server) == true;

    /// <summary>Lowers the rounds over the servers this waiter wants.</summary>
    public void LimitRounds(WakeSignal waiter, int rounds) => _run?.LimitRounds(waiter, rounds);

    public void Leave(WakeSignal waiter, LeaveReason reason) => _run?.Leave(waiter, reason);
}

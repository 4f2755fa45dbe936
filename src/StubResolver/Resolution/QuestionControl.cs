namespace StubResolver.Resolution;

/// <summary>What those who wait for a question allow it to do; written by them, read by its loop.</summary>
internal sealed class QuestionControl
{
    private int _rounds = int.MaxValue;
    private long _listenUntil = long.MaxValue;
    private long _slotTakenAt;
    private volatile bool _isStopped;
    private volatile bool _isWaitingForSlot;
    private volatile bool _isBackground;
    private volatile InterimFailure? _interimFailure;

    /// <summary>Whether nobody waits any more.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Whether the question only listens: nobody waits, but its answer may still fill the cache.</summary>
    public bool IsStraggler => Volatile.Read(ref _listenUntil) != long.MaxValue;

    /// <summary>When a straggler stops listening.</summary>
    public long ListenUntil => Volatile.Read(ref _listenUntil);

    /// <summary>Whether the question was not sent yet, for too many others are in flight.</summary>
    public bool IsWaitingForSlot
    {
        get => _isWaitingForSlot;
        set
        {
            if (value)
            {
                WaitedForSlot = true;
                Volatile.Write(ref _slotTakenAt, 0); // of an earlier turn
            }

            _isWaitingForSlot = value;
        }
    }

    /// <summary>Whether all who wait are background work: it is not sent while others wait for a slot.</summary>
    public bool IsBackground
    {
        get => _isBackground;
        set => _isBackground = value;
    }

    /// <summary>Whether it ever was not.</summary>
    public bool WaitedForSlot { get; private set; }

    /// <summary>When it got the slot that it waited for (a timestamp); 0 where it did not wait, or has none.</summary>
    public long SlotTakenAt => Volatile.Read(ref _slotTakenAt);

    /// <summary>When those who wait are told that it has its slot, if it has not ended by then (a timestamp).</summary>
    public long TellAt { get; private set; } = long.MaxValue;

    /// <summary>What all servers said in a round, while they are asked again; <see langword="null"/> while there is hope.</summary>
    public InterimFailure? InterimFailure
    {
        get => _interimFailure;
        set => _interimFailure = value;
    }

    /// <summary>The rounds over the servers that somebody still wants.</summary>
    public int Rounds
    {
        get => Volatile.Read(ref _rounds);
        set => Volatile.Write(ref _rounds, value);
    }

    /// <summary>Whether it was stopped because the time was over.</summary>
    public bool WasDeadline { get; private set; }

    /// <summary>Begins with another question.</summary>
    public void Reset()
    {
        Rounds = int.MaxValue;
        Resume();
        _isStopped = false;
        _isWaitingForSlot = false;
        _isBackground = false;
        _interimFailure = null;
        WaitedForSlot = false;
        WasDeadline = false;
        TellAt = long.MaxValue;
        Volatile.Write(ref _slotTakenAt, 0);
    }

    /// <summary>Notes that it got the slot that it waited for: the times to wait for it begin.</summary>
    public void OnSlotTaken(long now, long tellAt)
    {
        TellAt = tellAt;
        Volatile.Write(ref _slotTakenAt, now);
    }

    /// <summary>Notes that those who wait were told.</summary>
    public void OnTold() => TellAt = long.MaxValue;

    public void Stop(bool isDeadline)
    {
        WasDeadline = isDeadline;
        _isStopped = true;
    }

    public void OnlyListen(long until) => Volatile.Write(ref _listenUntil, until);

    /// <summary>Somebody waits again.</summary>
    public void Resume() => Volatile.Write(ref _listenUntil, long.MaxValue);
}

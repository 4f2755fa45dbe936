namespace StubResolver.Resolution;

/// <summary>Where a question stands in its rounds over the servers; times count from its start.</summary>
/// <param name="Round">The round, from 0.</param>
/// <param name="Position">The next server of the round, in order.</param>
/// <param name="NextSendAt">The earliest moment of the next transmission: the end of the try under way, or of a pause.</param>
/// <param name="LastSentAt">When the last transmission left.</param>
/// <param name="Outstanding">Transmissions that may still be answered.</param>
/// <param name="HasWaited">Whether a try of this round was waited for in vain.</param>
internal record struct ScheduleState(
    int Round, int Position, TimeSpan NextSendAt, TimeSpan LastSentAt, int Outstanding, bool HasWaited)
{
    public int Round = Round;
    public int Position = Position;
    public TimeSpan NextSendAt = NextSendAt;
    public TimeSpan LastSentAt = LastSentAt;
    public int Outstanding = Outstanding;
    public bool HasWaited = HasWaited;
}

namespace StubResolver.Resolution;

/// <summary>What a question does next.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Until">For <see cref="ScheduleStepKind.Wait"/>: the moment, counted from the start of the question.</param>
/// <param name="Server">For <see cref="ScheduleStepKind.Send"/>: the index of the server.</param>
/// <param name="Round">For <see cref="ScheduleStepKind.Send"/> and <see cref="ScheduleStepKind.Pause"/>: the round.</param>
/// <param name="Udp">Whether a datagram is sent.</param>
/// <param name="Tcp">Whether a TCP message is sent; with <paramref name="Udp"/>, beside it. With neither, the try only waits.</param>
internal readonly record struct ScheduleStep(
    ScheduleStepKind Kind, TimeSpan Until = default, int Server = 0, int Round = 0, bool Udp = false, bool Tcp = false)
{
    public readonly ScheduleStepKind Kind = Kind;
    public readonly TimeSpan Until = Until;
    public readonly int Server = Server;
    public readonly int Round = Round;
    public readonly bool Udp = Udp;
    public readonly bool Tcp = Tcp;
}

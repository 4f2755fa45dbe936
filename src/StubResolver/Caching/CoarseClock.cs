namespace StubResolver.Caching;

/// <summary>A monotonic clock in ticks of 100 ns.</summary>
/// <remarks>The system's is read in milliseconds, which costs a third of <see cref="TimeProvider.GetTimestamp"/>.</remarks>
internal readonly struct CoarseClock(TimeProvider time)
{
    private readonly TimeProvider? _other = ReferenceEquals(time, TimeProvider.System) ? null : time;

    /// <summary>Whether it is the system's.</summary>
    public bool IsSystem => _other is null;

    public long Now => _other is null ? Environment.TickCount64 * TimeSpan.TicksPerMillisecond : _other.GetElapsedTime(0).Ticks;
}

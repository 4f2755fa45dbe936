namespace StubResolver.Resolution;

/// <summary>Notices that the host slept or was moved: the wall clock went on while the monotonic one stood. Thread-safe.</summary>
internal sealed class SleepDetector(TimeProvider time)
{
    private static readonly TimeSpan s_leastGap = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private long _timestamp = time.GetTimestamp();
    private DateTimeOffset _date = time.GetUtcNow();

    /// <summary>Returns how long the host slept since the last call, or zero.</summary>
    public TimeSpan Check()
    {
        lock (_gate)
        {
            long timestamp = time.GetTimestamp();
            DateTimeOffset date = time.GetUtcNow();
            TimeSpan gap = GetGap(date - _date, time.GetElapsedTime(_timestamp, timestamp));
            (_timestamp, _date) = (timestamp, date);
            return gap;
        }
    }

    /// <summary>Returns the sleep that two clocks tell of; a wall clock that was set back tells of none.</summary>
    public static TimeSpan GetGap(TimeSpan wall, TimeSpan monotonic) => wall - monotonic > s_leastGap ? wall - monotonic : TimeSpan.Zero;
}

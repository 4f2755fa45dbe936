namespace StubResolver.Resolution;

/// <summary>Notices that the host slept or was moved: the wall clock went on while the monotonic one stood. Thread-safe.</summary>
internal sealed class SleepDetector(TimeProvider time)
{
    private static readonly TimeSpan s_leastGap = TimeSpan.FromSeconds(30);

    // Less than this is left to add up: all threads share the offset, and clocks that are being adjusted drift all the time.
    private static readonly TimeSpan s_leastDrift = TimeSpan.FromSeconds(1);

    private long _offset = GetOffset(time);

    /// <summary>Returns how long the host slept since the last call, or zero.</summary>
    public TimeSpan Check()
    {
        long offset = GetOffset(time);
        return Math.Abs(offset - Volatile.Read(ref _offset)) < s_leastDrift.Ticks
            ? TimeSpan.Zero
            : GetGap(TimeSpan.FromTicks(offset - Interlocked.Exchange(ref _offset, offset)));
    }

    /// <summary>Returns the sleep that the wall clock's lead over the monotonic one tells of; a wall clock that was set back tells of none.</summary>
    public static TimeSpan GetGap(TimeSpan lead) => lead > s_leastGap ? lead : TimeSpan.Zero;

    // By how much the wall clock is ahead of the monotonic one, in ticks.
    private static long GetOffset(TimeProvider time) => time.GetUtcNow().Ticks - time.GetElapsedTime(0, time.GetTimestamp()).Ticks;
}

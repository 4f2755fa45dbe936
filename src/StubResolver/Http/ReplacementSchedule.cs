namespace StubResolver;

/// <summary>Decides when a host's handler may be replaced: at once, then ever more rarely while its addresses keep changing.</summary>
internal static class ReplacementSchedule
{
    private static readonly TimeSpan s_shortestHold = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_longestHold = TimeSpan.FromMinutes(10);

    /// <summary>Returns how long a replacement that is needed now must wait, and how long the next one after it has to.</summary>
    /// <param name="sinceLast">The time since the last replacement; <see langword="null"/> where there was none.</param>
    /// <param name="hold">How long handlers are held since then.</param>
    public static (TimeSpan Wait, TimeSpan NextHold) Next(TimeSpan? sinceLast, TimeSpan hold)
    {
        if (sinceLast is not { } since || since >= hold * 2)
        {
            return (TimeSpan.Zero, s_shortestHold);
        }

        TimeSpan wait = since < hold ? hold - since : TimeSpan.Zero;
        return (wait, hold * 2 < s_longestHold ? hold * 2 : s_longestHold);
    }
}

namespace StubResolver.Resolution;

/// <summary>Decides how long a try waits before the next transmission leaves.</summary>
internal static class RetryTimer
{
    /// <summary>Fewer replies than this say nothing about a server's latency.</summary>
    public const int MinSamples = 3;

    private const int LatencyFactor = 5;
    private const double MaxJitter = 0.25;

    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_unknownServer = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Returns the wait of one try.</summary>
    /// <param name="latency">The average latency of the server.</param>
    /// <param name="samples">How many replies the average is made of.</param>
    /// <param name="round">The round, from 0; each one doubles the wait.</param>
    /// <param name="longest">The longest wait.</param>
    /// <param name="chance">A random number from 0 to 1: spreads clients that failed at the same moment.</param>
    public static TimeSpan GetTimeout(TimeSpan latency, int samples, int round, TimeSpan longest, double chance)
    {
        TimeSpan basis = samples < MinSamples ? s_unknownServer : Max(latency * LatencyFactor, s_shortest);
        return Min(Double(Min(basis, longest), round) * (1 + (MaxJitter * chance)), longest);
    }

    /// <summary>Returns the pause after a round in which every server failed at once.</summary>
    public static TimeSpan GetPause(int round, double chance) => Double(s_firstPause, round) * (1 + (MaxJitter * chance));

    private static TimeSpan Double(TimeSpan time, int times) => time * (1 << Math.Min(times, 16));

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

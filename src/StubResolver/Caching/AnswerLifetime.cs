namespace StubResolver.Caching;

/// <summary>Decides how long answers live (RFC 2181 §8, RFC 2308 §5, RFC 8767 §4).</summary>
internal static class AnswerLifetime
{
    private const double PrefetchJitter = 0.2;
    private const double LeastGain = 0.1;

    private static readonly TimeSpan s_shortestPrefetched = TimeSpan.FromSeconds(10);

    /// <summary>Returns the life of a positive answer: its TTL inside the bounds of the options; 0 stays 0.</summary>
    public static TimeSpan OfPositive(TimeSpan ttl, DnsCacheOptions options) =>
        ttl <= TimeSpan.Zero ? TimeSpan.Zero : Min(Max(ttl, options.MinTtl), options.MaxTtl);

    /// <summary>Returns the life of a negative answer; none without an SOA record.</summary>
    /// <param name="hasSoa">Whether the authority section has one.</param>
    /// <param name="ttl">The lesser of its TTL and its MINIMUM.</param>
    /// <param name="options">The bounds.</param>
    public static TimeSpan OfNegative(bool hasSoa, TimeSpan ttl, DnsCacheOptions options) =>
        hasSoa ? Min(ttl, options.MaxNegativeTtl) : TimeSpan.Zero;

    /// <summary>Returns the life of a positive answer in the cache, with the time it is kept when no server answers and the refresh ahead of its end.</summary>
    /// <param name="life">How long it counts.</param>
    /// <param name="options">The settings.</param>
    /// <param name="chance">A random number from 0 to 1: spreads the refreshes of clients that asked at the same moment.</param>
    public static CacheLife InCache(TimeSpan life, DnsCacheOptions options, double chance) =>
        new(life, options.MaxStale, GetPrefetchStart(life, options.PrefetchThreshold, chance));

    /// <summary>Returns after how long a hit refreshes the answer, or <see langword="null"/> for never.</summary>
    public static TimeSpan? GetPrefetchStart(TimeSpan life, double threshold, double chance)
    {
        if (threshold <= 0 || life < s_shortestPrefetched)
        {
            return null;
        }

        double share = threshold * (1 - PrefetchJitter + (2 * PrefetchJitter * chance));
        return life * (1 - Math.Min(share, 1));
    }

    /// <summary>Whether a refresh was worth it: it does not pay where a shared cache upstream only hands out what is left of its own life.</summary>
    /// <param name="gained">How much longer the answer lives now.</param>
    /// <param name="life">The life of the answer that was refreshed.</param>
    public static bool IsPrefetchWorthwhile(TimeSpan gained, TimeSpan life) => gained >= GetLeastGain(life);

    /// <summary>Returns how much longer than before a refreshed answer has to live: parts that end earlier are asked for again.</summary>
    public static TimeSpan GetLeastGain(TimeSpan life) => life * LeastGain;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}

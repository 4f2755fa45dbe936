namespace StubResolver.Caching;

/// <summary>Decides how long failures are remembered, with back-off (RFC 9520 §3.2).</summary>
internal static class FailureLifetime
{
    private static readonly TimeSpan s_noAnswer = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_oneFamily = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestOneFamily = TimeSpan.FromMinutes(5);

    /// <summary>Returns how long a failure is remembered; zero for not at all.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="previous">How long the same failure was remembered before; zero where it is the first.</param>
    /// <param name="options">The settings.</param>
    public static TimeSpan GetNext(FailureKind kind, TimeSpan previous, DnsCacheOptions options) => kind switch
    {
        _ when options.FailureTtl <= TimeSpan.Zero => TimeSpan.Zero,
        FailureKind.NoAnswer => s_noAnswer, // no growth: the servers may be back any moment
        FailureKind.OneFamily => Double(previous, s_oneFamily, s_longestOneFamily),
        _ => Double(previous, options.FailureTtl, options.MaxFailureTtl),
    };

    /// <summary>Returns how long after its end a failure still counts as the one before.</summary>
    /// <param name="isOfFamily">Whether the other address family was answered.</param>
    /// <param name="options">The settings.</param>
    public static TimeSpan GetMemory(bool isOfFamily, DnsCacheOptions options) => isOfFamily ? s_longestOneFamily : options.MaxFailureTtl;

    private static TimeSpan Double(TimeSpan previous, TimeSpan first, TimeSpan longest)
    {
        TimeSpan next = previous <= TimeSpan.Zero ? first : previous * 2;
        return next < longest ? next : longest;
    }
}

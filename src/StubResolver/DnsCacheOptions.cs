namespace StubResolver;

/// <summary>Settings of a resolver's cache.</summary>
/// <remarks>Not thread-safe. Setters never throw: the resolver's constructor lists everything that is wrong at once.</remarks>
public sealed class DnsCacheOptions
{
    /// <summary>Gets or sets the number of names the cache may hold; of each it holds at most 32 answers, those for addresses before all others.</summary>
    /// <value>The default is 10,000. From 0 (nothing is cached; the same question in flight is still sent only once) to 100,000,000.</value>
    public int Capacity { get; set; } = 10_000;

    /// <summary>Gets or sets the shortest life of a positive answer, whatever its TTL; a TTL of 0 is never kept.</summary>
    /// <value>The default is 0. At most 1 day and at most <see cref="MaxTtl"/>.</value>
    public TimeSpan MinTtl { get; set; } = TimeSpan.Zero;

    /// <summary>Gets or sets the longest life of a positive answer, whatever its TTL (RFC 8767 §4).</summary>
    /// <value>The default is 1 day. From 0 to 7 days.</value>
    public TimeSpan MaxTtl { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Gets or sets the longest life of a negative answer (RFC 2308 §5).</summary>
    /// <value>The default is 5 minutes. From 0 (negative answers are not kept) to 1 day.</value>
    public TimeSpan MaxNegativeTtl { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Gets or sets how long a failure is remembered the first time (RFC 9520).</summary>
    /// <value>The default is 1 second. From 0 (failures are not remembered) to 5 minutes.</value>
    public TimeSpan FailureTtl { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a failure that repeats is remembered at most (RFC 9520 §3.2).</summary>
    /// <value>The default is 30 seconds. From <see cref="FailureTtl"/> to 5 minutes.</value>
    public TimeSpan MaxFailureTtl { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long an expired answer may still be served when no server answers (RFC 8767).</summary>
    /// <value>The default is 0 (never). At most 7 days.</value>
    public TimeSpan MaxStale { get; set; } = TimeSpan.Zero;

    /// <summary>Gets or sets the share of its life an entry has left when a hit refreshes it behind the caller's back.</summary>
    /// <value>The default is 0.1. From 0 (never) to 0.9.</value>
    public double PrefetchThreshold { get; set; } = 0.1;

    /// <summary>A copy that the caller cannot reach.</summary>
    internal DnsCacheOptions Copy() => (DnsCacheOptions)MemberwiseClone();
}

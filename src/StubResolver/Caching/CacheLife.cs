namespace StubResolver.Caching;

/// <summary>How long an item lives in the cache.</summary>
/// <param name="Fresh">How long it counts; zero or less keeps it out.</param>
/// <param name="Stale">How long it is kept after that, for when nobody answers or a failure repeats.</param>
/// <param name="PrefetchAfter">After how long a hit is to refresh it; <see langword="null"/> for never.</param>
internal readonly record struct CacheLife(TimeSpan Fresh, TimeSpan Stale = default, TimeSpan? PrefetchAfter = null);

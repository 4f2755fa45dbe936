namespace StubResolver.Diagnostics;

/// <summary>What the cache had for a lookup.</summary>
internal enum CacheUse
{
    /// <summary>An answer.</summary>
    Hit,

    /// <summary>An answer that there is nothing, or a failure that is remembered.</summary>
    NegativeHit,

    /// <summary>Nothing.</summary>
    Miss,

    /// <summary>An answer past its life, which was served.</summary>
    Stale,
}

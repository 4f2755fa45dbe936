namespace StubResolver.Tests.Caching;

/// <summary>What a flood of names left behind.</summary>
/// <param name="OctetsBefore">The memory of the process when the cache was full.</param>
/// <param name="OctetsAfter">The memory of the process after the flood.</param>
/// <param name="MostNames">The most names that were in the cache at a time.</param>
/// <param name="Names">The names in the cache after the flood.</param>
/// <param name="EvictedNames">The names that had to go.</param>
/// <param name="IsHotNameKept">Whether the name that was used every second was there each time.</param>
internal sealed record FloodResult(long OctetsBefore, long OctetsAfter, int MostNames, int Names, int EvictedNames, bool IsHotNameKept);

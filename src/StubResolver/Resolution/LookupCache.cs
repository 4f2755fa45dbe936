using System.Net.Sockets;
using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>Keeps the outcomes of address lookups for names as typed, so that a hit is one look-up whatever the search list cost.</summary>
internal static class LookupCache
{
    /// <summary>Returns the outcome that counts now, and the moment of the look-up on the cache's clock.</summary>
    public static AddressOutcome? FindFresh(AnswerCache cache, string typed, AddressFamily family, out long now)
    {
        ReadOnlySpan<char> name = WithoutDot(typed, out bool isFullyQualified);
        return cache.FindFresh(name, CacheSlot.Lookup(family, isFullyQualified), out now) as AddressOutcome;
    }

    /// <summary>Returns the outcome that is kept, fresh or not.</summary>
    public static AddressOutcome? Find(AnswerCache cache, string typed, AddressFamily family)
    {
        ReadOnlySpan<char> name = WithoutDot(typed, out bool isFullyQualified);
        return cache.Find(name, CacheSlot.Lookup(family, isFullyQualified)) as AddressOutcome;
    }

    public static void Store(AnswerCache cache, string typed, AddressFamily family, AddressOutcome outcome, in CacheLife life, int epoch)
    {
        ReadOnlySpan<char> name = WithoutDot(typed, out bool isFullyQualified);
        cache.Store(isFullyQualified ? name.ToString() : typed, CacheSlot.Lookup(family, isFullyQualified), outcome, life, epoch);
    }

    /// <summary>Forgets the outcome: what came after it is used, not kept.</summary>
    public static void Remove(AnswerCache cache, string typed, AddressFamily family, int epoch)
    {
        ReadOnlySpan<char> name = WithoutDot(typed, out bool isFullyQualified);
        cache.Remove(name, CacheSlot.Lookup(family, isFullyQualified), epoch);
    }

    /// <summary>Returns the name that an outcome is kept under.</summary>
    public static ReadOnlySpan<char> GetKey(string typed) => WithoutDot(typed, out _);

    private static ReadOnlySpan<char> WithoutDot(string typed, out bool isFullyQualified)
    {
        isFullyQualified = typed.Length > 1 && typed[^1] == '.' && QueryName.IsFullyQualified(typed);
        return isFullyQualified ? typed.AsSpan(0, typed.Length - 1) : typed;
    }
}

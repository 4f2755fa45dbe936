using System.Net.Sockets;
using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>Keeps the outcomes of lookups for names as typed, so that a hit is one look-up whatever the search list cost.</summary>
internal static class LookupCache
{
    /// <summary>Returns the outcome that counts now, and the moment of the look-up on the cache's clock.</summary>
    public static AddressOutcome? FindFresh(AnswerCache cache, string typed, AddressFamily family, out long now)
    {
        ReadOnlySpan<char> name = WithoutDot(typed, out bool isFullyQualified);
        return cache.FindFresh(name, CacheSlot.Lookup(family, isFullyQualified), out now) as AddressOutcome;
    }

    /// <inheritdoc cref="FindFresh(AnswerCache, string, AddressFamily, out long)"/>
    public static RecordOutcome<TRecord>? FindFresh<TRecord>(AnswerCache cache, string typed, DnsRecordType type, out long now)
        where TRecord : DnsRecord
    {
        ReadOnlySpan<char> name = WithoutDot(typed, out bool isFullyQualified);
        return cache.FindFresh(name, CacheSlot.RecordLookup((int)type, isFullyQualified), out now) as RecordOutcome<TRecord>;
    }

    /// <summary>Returns the outcome for an address that counts now, and the moment of the look-up on the cache's clock.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="name">The name of the address.</param>
    /// <param name="now">The moment.</param>
    public static RecordOutcome<DnsPtrRecord>? FindFreshNames(AnswerCache cache, ReadOnlySpan<char> name, out long now) =>
        cache.FindFresh(name, CacheSlot.ReverseLookup, out now) as RecordOutcome<DnsPtrRecord>;

    /// <summary>Returns the outcome that is kept, fresh or not.</summary>
    public static AddressOutcome? Find(AnswerCache cache, string typed, AddressFamily family)
    {
        ReadOnlySpan<char> name = WithoutDot(typed, out bool isFullyQualified);
        return cache.Find(name, CacheSlot.Lookup(family, isFullyQualified)) as AddressOutcome;
    }

    /// <inheritdoc cref="Find(AnswerCache, string, AddressFamily)"/>
    public static RecordOutcome<TRecord>? Find<TRecord>(AnswerCache cache, in RecordRequest request)
        where TRecord : DnsRecord => cache.Find(WithoutDot(request, out int slot), slot) as RecordOutcome<TRecord>;

    public static void Store(AnswerCache cache, string typed, AddressFamily family, AddressOutcome outcome, in CacheLife life, int epoch)
    {
        ReadOnlySpan<char> name = WithoutDot(typed, out bool isFullyQualified);
        cache.Store(isFullyQualified ? name.ToString() : typed, CacheSlot.Lookup(family, isFullyQualified), outcome, life, epoch);
    }

    public static void Store(AnswerCache cache, in RecordRequest request, LookupOutcome outcome, in CacheLife life, int epoch)
    {
        ReadOnlySpan<char> name = WithoutDot(request, out int slot);
        cache.Store(name.Length < request.Typed.Length ? name.ToString() : request.Typed, slot, outcome, life, epoch);
    }

    /// <summary>Forgets the outcome: what came after it is used, not kept.</summary>
    public static void Remove(AnswerCache cache, string typed, AddressFamily family, int epoch)
    {
        ReadOnlySpan<char> name = WithoutDot(typed, out bool isFullyQualified);
        cache.Remove(name, CacheSlot.Lookup(family, isFullyQualified), epoch);
    }

    /// <inheritdoc cref="Remove(AnswerCache, string, AddressFamily, int)"/>
    public static void Remove(AnswerCache cache, in RecordRequest request, int epoch) =>
        cache.Remove(WithoutDot(request, out int slot), slot, epoch);

    /// <summary>Returns the name that an outcome is kept under.</summary>
    public static ReadOnlySpan<char> GetKey(string typed) => WithoutDot(typed, out _);

    private static ReadOnlySpan<char> WithoutDot(in RecordRequest request, out int slot)
    {
        ReadOnlySpan<char> name = WithoutDot(request.Typed, out bool isFullyQualified);
        slot = request.IsReverse ? CacheSlot.ReverseLookup : CacheSlot.RecordLookup((int)request.Type, isFullyQualified);
        return name;
    }

    private static ReadOnlySpan<char> WithoutDot(string typed, out bool isFullyQualified)
    {
        isFullyQualified = typed.Length > 1 && typed[^1] == '.' && QueryName.IsFullyQualified(typed);
        return isFullyQualified ? typed.AsSpan(0, typed.Length - 1) : typed;
    }
}

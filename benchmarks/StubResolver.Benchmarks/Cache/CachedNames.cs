using System.Net;
using StubResolver.Caching;
using StubResolver.Resolution;

namespace StubResolver.Benchmarks.Cache;

/// <summary>Puts names into a resolver's cache without asking anybody.</summary>
internal static class CachedNames
{
    private static readonly TimeSpan s_life = TimeSpan.FromHours(12);

    /// <summary>Returns names as clusters have them, in no particular order.</summary>
    public static string[] Create(int count) => [.. Enumerable.Range(0, count).Select(i => $"service-{i * 7919L % 1_000_003:000000}.namespace.svc.example")];

    /// <summary>Stores an address of each family, the way a lookup does.</summary>
    public static void Store(DnsResolver resolver, string name)
    {
        AnswerCache cache = resolver.Pipeline.Engine.Cache;
        DnsAddressRecord aaaa = new(name, s_life, IPAddress.Parse("2001:db8::1"));
        DnsAddressRecord a = new(name, s_life, IPAddress.Parse("192.0.2.1"));
        Store(cache, name, aaaa);
        Store(cache, name, a);
        AddressOutcome outcome = new() { Life = s_life, Answer = new DnsAnswer<DnsAddressRecord>(name, [aaaa, a]) };
        LookupCache.Store(cache, name, default, outcome, new CacheLife(s_life), cache.GetEpoch(name));
    }

    private static void Store(AnswerCache cache, string name, DnsAddressRecord record)
    {
        QuestionOutcome outcome = new() { Name = name, Type = record.Type, Records = [record], Life = s_life };
        cache.Store(name, CacheSlot.Question((int)record.Type), outcome, new CacheLife(s_life), cache.GetEpoch(name));
    }
}

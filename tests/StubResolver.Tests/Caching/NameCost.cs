using StubResolver.Tests.Performance;

namespace StubResolver.Tests.Caching;

/// <summary>Measures what the cache keeps for one name, in octets. The rest of the process must not allocate meanwhile.</summary>
internal static class NameCost
{
    private const int Names = 2000;

    /// <summary>Returns the octets of a name with one A and one AAAA, all told.</summary>
    public static async Task<long> MeasureAsync()
    {
        using LoopbackResponder responder = new();
        await using DnsResolver resolver = new(new DnsResolverOptions
        {
            Servers = [responder.EndPoint],
            IPv6 = DnsIPv6Mode.Always,
            UseHostsFile = false,
            UseSearchList = false,
            UseCookies = false,
        });
        await ResolveAsync(resolver, 0, 200); // what the resolver keeps for itself is there
        long before = GC.GetTotalMemory(forceFullCollection: true);

        await ResolveAsync(resolver, 200, Names);
        long cost = (GC.GetTotalMemory(forceFullCollection: true) - before) / Names;

        return resolver.Pipeline.Engine.Cache.Count == Names + 200
            ? cost
            : throw new InvalidOperationException($"The cache has {resolver.Pipeline.Engine.Cache.Count} names.");
    }

    private static async Task ResolveAsync(DnsResolver resolver, int from, int count)
    {
        for (int i = from; i < from + count; i++)
        {
            DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync($"service-{i:0000}.namespace.example");
            if (answer.Records.Count != 2)
            {
                throw new InvalidOperationException("Both families have an address.");
            }
        }
    }
}

using System.Net;

namespace StubResolver.Benchmarks;

/// <summary>Settings under which every lookup sends two queries, whatever the host is configured with.</summary>
internal static class UncachedOptions
{
    public static DnsResolverOptions Create(
        IPEndPoint server, DnsProtocol protocol = DnsProtocol.Udp, DnsAddressOrder order = DnsAddressOrder.Sequential, int? inFlight = null)
    {
        DnsResolverOptions options = new()
        {
            Servers = [new DnsServer(server, protocol)],
            AddressQueryOrder = order,
            IPv6 = DnsIPv6Mode.Always,
            UseHostsFile = false,
            UseSearchList = false,
            Cache = new DnsCacheOptions { Capacity = 0 },
        };
        options.MaxConcurrentQueries = inFlight ?? options.MaxConcurrentQueries;
        return options;
    }
}

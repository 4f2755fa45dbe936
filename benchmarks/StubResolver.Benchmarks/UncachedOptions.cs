using System.Net;

namespace StubResolver.Benchmarks;

/// <summary>Settings under which every lookup sends two queries, whatever the host is configured with.</summary>
internal static class UncachedOptions
{
    public static DnsResolverOptions Create(IReadOnlyList<IPEndPoint> servers, DnsProtocol protocol = DnsProtocol.Udp) => new()
    {
        Servers = [.. servers.Select(server => new DnsServer(server, protocol))],
        IPv6 = DnsIPv6Mode.Always,
        UseHostsFile = false,
        UseSearchList = false,
        Cache = new DnsCacheOptions { Capacity = 0 },
    };
}

using System.Net;

namespace StubResolver.Configuration;

/// <summary>Makes of network interfaces what a resolv.conf says elsewhere.</summary>
internal static class AdapterOrder
{
    /// <summary>Servers and suffixes of the interfaces that are up, those with a gateway first, else in the system's order.</summary>
    /// <param name="adapters">The interfaces, in the system's order.</param>
    /// <param name="hostDomain">The primary suffix of the host, which comes first; may be empty.</param>
    public static ResolvConf ToResolvConf(IReadOnlyList<NetworkAdapter> adapters, string hostDomain)
    {
        ServerList servers = new();
        SuffixList suffixes = new();
        suffixes.Add(hostDomain);
        foreach (NetworkAdapter adapter in adapters.Where(IsUsable).OrderByDescending(adapter => adapter.HasGateway))
        {
            suffixes.Add(adapter.Suffix);

            // Site-local addresses are deprecated (RFC 3879); Windows shows fec0:0:0:ffff::1 to ::3 where no IPv6 server is configured.
            foreach (IPAddress server in adapter.Servers.Where(server => !server.IsIPv6SiteLocal))
            {
                servers.Add(server);
            }
        }

        return new ResolvConf { Servers = servers.Items, SearchDomains = suffixes.Items };
    }

    private static bool IsUsable(NetworkAdapter adapter) => adapter is { IsUp: true, IsLoopback: false, IsTunnel: false };
}

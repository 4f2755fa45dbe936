using System.Net;
using System.Net.Sockets;

namespace StubResolver.Configuration;

/// <summary>Collects servers the system names: in order, each once, none that can be no server, bounded.</summary>
internal sealed class ServerList
{
    private readonly List<DnsServer> _items = [];

    public IReadOnlyList<DnsServer> Items => _items;

    public void AddRange(IEnumerable<DnsServer> servers) => _items.AddRange(servers);

    /// <summary>Adds a UDP server; false where it can be none.</summary>
    public bool Add(IPAddress address, int port = DnsServer.DefaultPort)
    {
        if (port == 0 || ToServerAddress(address) is not { } usable)
        {
            return false;
        }

        DnsServer server = new(new IPEndPoint(usable, port));
        if (_items.Count < ResolvConf.MaxEntries && !_items.Contains(server))
        {
            _items.Add(server);
        }

        return true;
    }

    // The unspecified address has always meant this host in resolv.conf.
    private static IPAddress? ToServerAddress(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => ToServerAddress(address.MapToIPv4()),
        { IsIPv6Multicast: true } => null, // nobody's address
        _ when address.Equals(IPAddress.Any) => IPAddress.Loopback,
        _ when address.Equals(IPAddress.IPv6Any) => IPAddress.IPv6Loopback,
        _ when address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes()[0] >= 224 => null,
        _ => address,
    };
}

using System.Net;
using System.Net.Sockets;

namespace StubResolver.Configuration;

/// <summary>The addresses of this host that lead anywhere.</summary>
/// <param name="HasRoutableIPv6">Whether there is an IPv6 address other than loopback and link-local; <see langword="true"/> if nobody knows.</param>
/// <param name="Addresses">
/// The addresses other than loopback, link-local and temporary ones (RFC 8981), each once: the ones whose change means another network.
/// </param>
internal sealed record LocalNetwork(bool HasRoutableIPv6, IReadOnlySet<IPAddress> Addresses)
{
    /// <summary>What is assumed where the system does not tell.</summary>
    public static readonly LocalNetwork Unknown = new(HasRoutableIPv6: true, new HashSet<IPAddress>());

    /// <summary>Collects the addresses of the interfaces that are up.</summary>
    public static LocalNetwork FromAdapters(IReadOnlyList<NetworkAdapter> adapters)
    {
        HashSet<IPAddress> addresses = [.. adapters.Where(adapter => adapter.IsUp).SelectMany(adapter => adapter.Addresses).Where(IsRoutable)];
        return new LocalNetwork(addresses.Any(address => address.AddressFamily == AddressFamily.InterNetworkV6), addresses);
    }

    /// <summary>Returns whether an address may be used beyond its link.</summary>
    public static bool IsRoutable(IPAddress address) =>
        !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any)
        && !(address.AddressFamily == AddressFamily.InterNetwork && address.GetAddressBytes() is [169, 254, ..]);
}

using System.Net;

namespace StubResolver.Configuration;

/// <summary>What the system says at one moment. Immutable.</summary>
internal sealed class SystemSnapshot
{
    private static readonly DnsServer[] s_localServers = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>Where the servers come from, in words.</summary>
    public readonly string Origin;

    /// <summary>The servers in order; never empty.</summary>
    public readonly IReadOnlyList<DnsServer> Servers;

    /// <summary>The suffixes without trailing dots; "." is the root.</summary>
    public readonly IReadOnlyList<string> SearchDomains;

    public readonly int? Ndots;
    public readonly TimeSpan? AttemptTimeout;
    public readonly int? Attempts;
    public readonly bool RotateServers;
    public readonly bool NoAaaa;

    /// <summary>Whether EDNS is switched off.</summary>
    public readonly bool NoEdns;

    /// <summary>Whether the program is told to do without IPv6.</summary>
    public readonly bool DisablesIPv6;

    public readonly bool TrustAuthenticatedData;
    public readonly HostsFile Hosts;

    /// <summary>Whether an IPv6 address of this host can leave it; so it is assumed where nobody knows.</summary>
    public readonly bool HasRoutableIPv6;

    /// <summary>The addresses whose change means that the host is in another network.</summary>
    public readonly IReadOnlySet<IPAddress> LocalAddresses;

    /// <summary>Puts the parts together; without a server, this host is asked.</summary>
    public SystemSnapshot(ResolvConf resolvConf, HostsFile hosts, LocalNetwork network, bool disablesIPv6 = false, string origin = "")
    {
        ResolvConfOptions options = resolvConf.Options;
        IReadOnlyList<DnsServer> servers = resolvConf.Servers.Count == 0 ? s_localServers : resolvConf.Servers;
        Servers = options.UseTcp ? ToTcp(servers) : servers;
        SearchDomains = resolvConf.SearchDomains ?? [];
        Ndots = options.Ndots;
        AttemptTimeout = options.AttemptTimeout;
        Attempts = options.Attempts;
        RotateServers = options.RotateServers;
        NoAaaa = options.NoAaaa;
        NoEdns = options.NoEdns;
        DisablesIPv6 = disablesIPv6;
        TrustAuthenticatedData = options.TrustAuthenticatedData;
        Hosts = hosts;
        Origin = origin;
        HasRoutableIPv6 = network.HasRoutableIPv6;
        LocalAddresses = network.Addresses;
    }

    /// <summary>Returns in what a later snapshot differs.</summary>
    public SystemChanges GetChanges(SystemSnapshot later) =>
        (Servers.SequenceEqual(later.Servers) ? 0 : SystemChanges.Servers)
        | (SearchDomains.SequenceEqual(later.SearchDomains, StringComparer.OrdinalIgnoreCase) ? 0 : SystemChanges.SearchDomains)
        | (HasSameOptions(later) ? 0 : SystemChanges.Options)
        | (HasSameNetwork(later) ? 0 : SystemChanges.LocalAddresses)
        | (ReferenceEquals(Hosts, later.Hosts) ? 0 : SystemChanges.Hosts);

    private static DnsServer[] ToTcp(IReadOnlyList<DnsServer> servers) =>
        [.. servers.Select(server => new DnsServer(server.SharedEndPoint, DnsProtocol.Tcp))];

    private bool HasSameOptions(SystemSnapshot other) =>
        (Ndots, AttemptTimeout, Attempts, RotateServers, NoAaaa, NoEdns, DisablesIPv6, TrustAuthenticatedData) == (
            other.Ndots, other.AttemptTimeout, other.Attempts, other.RotateServers, other.NoAaaa, other.NoEdns, other.DisablesIPv6,
            other.TrustAuthenticatedData);

    private bool HasSameNetwork(SystemSnapshot other) =>
        HasRoutableIPv6 == other.HasRoutableIPv6 && LocalAddresses.SetEquals(other.LocalAddresses);
}

using System.Net;

namespace StubResolver.Configuration;

/// <summary>What the system says at one moment. Immutable.</summary>
internal sealed record SystemSnapshot
{
    private static readonly DnsServer[] s_localServers = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>Gets the servers in order; never empty.</summary>
    public IReadOnlyList<DnsServer> Servers { get; init; } = s_localServers;

    /// <summary>Gets the suffixes without trailing dots; "." is the root.</summary>
    public IReadOnlyList<string> SearchDomains { get; init; } = [];

    public int? Ndots { get; init; }

    public TimeSpan? AttemptTimeout { get; init; }

    public int? Attempts { get; init; }

    public bool RotateServers { get; init; }

    public bool NoAaaa { get; init; }

    public bool TrustAuthenticatedData { get; init; }

    public HostsFile Hosts { get; init; } = HostsFile.Empty;

    /// <summary>Gets a value indicating whether an IPv6 address of this host can leave it; so it is assumed where nobody knows.</summary>
    public bool HasRoutableIPv6 { get; init; } = true;

    /// <summary>Gets the addresses whose change means that the host is in another network.</summary>
    public IReadOnlySet<IPAddress> LocalAddresses { get; init; } = LocalNetwork.Unknown.Addresses;

    /// <summary>Puts the parts together; without a server, this host is asked.</summary>
    public static SystemSnapshot Create(ResolvConf resolvConf, HostsFile hosts, LocalNetwork network)
    {
        ResolvConfOptions options = resolvConf.Options;
        IReadOnlyList<DnsServer> servers = resolvConf.Servers.Count == 0 ? s_localServers : resolvConf.Servers;
        return new SystemSnapshot
        {
            Servers = options.UseTcp ? ToTcp(servers) : servers,
            SearchDomains = resolvConf.SearchDomains ?? [],
            Ndots = options.Ndots,
            AttemptTimeout = options.AttemptTimeout,
            Attempts = options.Attempts,
            RotateServers = options.RotateServers,
            NoAaaa = options.NoAaaa,
            TrustAuthenticatedData = options.TrustAuthenticatedData,
            Hosts = hosts,
            HasRoutableIPv6 = network.HasRoutableIPv6,
            LocalAddresses = network.Addresses,
        };
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
        (Ndots, AttemptTimeout, Attempts, RotateServers, NoAaaa, TrustAuthenticatedData)
        == (other.Ndots, other.AttemptTimeout, other.Attempts, other.RotateServers, other.NoAaaa, other.TrustAuthenticatedData);

    private bool HasSameNetwork(SystemSnapshot other) =>
        HasRoutableIPv6 == other.HasRoutableIPv6 && LocalAddresses.SetEquals(other.LocalAddresses);
}

using StubResolver.Configuration;

namespace StubResolver.Resolution;

/// <summary>What lookups go by: the options, completed by what the system says. Explicit options win over it, it wins over the defaults. Immutable.</summary>
internal sealed class ResolverSettings(DnsResolverOptions options, SystemSnapshot system)
{
    private const int DefaultAttempts = 3;
    private const int DefaultNdots = 1;

    private static readonly TimeSpan s_defaultAttemptTimeout = TimeSpan.FromSeconds(5);

    public readonly IReadOnlyList<DnsServer> Servers = options.Servers.Count > 0 ? new List<DnsServer>(options.Servers) : system.Servers;
    public readonly TimeSpan LookupTimeout = options.LookupTimeout;
    public readonly TimeSpan AttemptTimeout = options.AttemptTimeout ?? system.AttemptTimeout ?? s_defaultAttemptTimeout;
    public readonly int Attempts = options.Attempts ?? system.Attempts ?? DefaultAttempts;
    public readonly DnsAddressOrder AddressQueryOrder = options.AddressQueryOrder;
    public readonly TimeSpan SequentialPatience = options.SequentialPatience;
    public readonly DnsIPv6Mode IPv6 =
        system.DisablesIPv6 || (options.IPv6 == DnsIPv6Mode.Auto && system.NoAaaa) ? DnsIPv6Mode.Never : options.IPv6;

    /// <summary>Whether the program is told to do without IPv6 sockets, so that even this host has IPv4 addresses only.</summary>
    public readonly bool DisablesIPv6 = system.DisablesIPv6;

    public readonly bool RequireBothFamilies = options.RequireBothFamilies;
    public readonly int UdpPayloadSize =
        system.NoEdns && options.UdpPayloadSize == DnsResolverOptions.DefaultUdpPayloadSize ? 0 : options.UdpPayloadSize;

    public readonly bool RandomizeCase = options.RandomizeCase;
    public readonly bool UseHostsFile = options.UseHostsFile;
    public readonly bool UseSearchList = options.UseSearchList;
    public readonly bool UseCookies = options.UseCookies;
    public readonly bool RotateServers = options.RotateServers ?? system.RotateServers;
    public readonly bool TrustAuthenticatedData = options.TrustAuthenticatedData ?? system.TrustAuthenticatedData;
    public readonly IReadOnlyList<string> SearchDomains = options.SearchDomains is { } domains ? new List<string>(domains) : system.SearchDomains;
    public readonly int Ndots = options.Ndots ?? system.Ndots ?? DefaultNdots;
    public readonly TimeSpan? HedgeAfter = options.HedgeAfter;
    public readonly DnsCacheOptions Cache = options.Cache;
}

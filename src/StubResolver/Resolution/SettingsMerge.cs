using StubResolver.Configuration;

namespace StubResolver.Resolution;

/// <summary>Completes the options by what the system says: explicit options win over it, it wins over the defaults.</summary>
internal static class SettingsMerge
{
    private const int DefaultAttempts = 3;
    private const int DefaultNdots = 1;

    private static readonly TimeSpan s_defaultAttemptTimeout = TimeSpan.FromSeconds(5);

    public static ResolverSettings Merge(DnsResolverOptions options, SystemSnapshot system) => new()
    {
        LookupTimeout = options.LookupTimeout,
        AttemptTimeout = options.AttemptTimeout ?? system.AttemptTimeout ?? s_defaultAttemptTimeout,
        Attempts = options.Attempts ?? system.Attempts ?? DefaultAttempts,
        AddressQueryOrder = options.AddressQueryOrder,
        SequentialPatience = options.SequentialPatience,
        IPv6 = options.IPv6 == DnsIPv6Mode.Auto && system.NoAaaa ? DnsIPv6Mode.Never : options.IPv6,
        RequireBothFamilies = options.RequireBothFamilies,
        UdpPayloadSize = options.UdpPayloadSize,
        RandomizeCase = options.RandomizeCase,
        UseHostsFile = options.UseHostsFile,
        UseSearchList = options.UseSearchList,
        UseCookies = options.UseCookies,
        RotateServers = options.RotateServers ?? system.RotateServers,
        TrustAuthenticatedData = options.TrustAuthenticatedData ?? system.TrustAuthenticatedData,
        SearchDomains = options.SearchDomains is { } domains ? new List<string>(domains) : system.SearchDomains,
        Ndots = options.Ndots ?? system.Ndots ?? DefaultNdots,
        HedgeAfter = options.HedgeAfter,
        Cache = options.Cache,
    };

    /// <summary>Returns the servers to ask.</summary>
    public static IReadOnlyList<DnsServer> GetServers(DnsResolverOptions options, SystemSnapshot system) =>
        options.Servers.Count > 0 ? new List<DnsServer>(options.Servers) : system.Servers;
}

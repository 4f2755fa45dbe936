using System.ComponentModel;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace StubResolver;

/// <summary>Settings of a resolver.</summary>
/// <remarks>
/// Not thread-safe; the resolver takes a snapshot. Setters never throw: the resolver's constructor lists everything that is wrong at once.
/// Where <see langword="null"/> means "not set", the value comes from resolv.conf, then from the default.
/// </remarks>
public sealed partial class DnsResolverOptions
{
    internal const int DefaultUdpPayloadSize = 1232; // DNS Flag Day 2020

    /// <summary>Gets or sets the servers to ask, in order.</summary>
    /// <value>The default is empty: the system's servers. At most 32, none twice.</value>
    public IList<DnsServer> Servers { get; set; } = [];

    /// <summary>Gets or sets who answers address lookups.</summary>
    /// <value>The default is <see cref="DnsResolverMode.Managed"/>. STUBRESOLVER_MODE in the environment wins.</value>
    public DnsResolverMode Mode { get; set; } = DnsResolverMode.Managed;

    /// <summary>Gets or sets the budget of one call: search names, types, servers, retries and TCP together.</summary>
    /// <value>The default is 10 seconds. Must be positive and at most 10 minutes.</value>
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the longest wait of one transmission before the next one leaves.</summary>
    /// <value>The default is <see langword="null"/>: "timeout" of resolv.conf, else 5 seconds. Must be positive and at most 1 minute.</value>
    public TimeSpan? AttemptTimeout { get; set; }

    /// <summary>Gets or sets the rounds over the servers.</summary>
    /// <value>The default is <see langword="null"/>: "attempts" of resolv.conf, where more than 3 count as 3, else 3. From 1 to 3 (RFC 9520 §3.1).</value>
    public int? Attempts { get; set; }

    /// <summary>Gets or sets how the two questions of an address lookup follow each other.</summary>
    /// <value>The default is <see cref="DnsAddressOrder.Sequential"/>.</value>
    public DnsAddressOrder AddressQueryOrder { get; set; } = DnsAddressOrder.Sequential;

    /// <summary>Gets or sets how long an unanswered AAAA may hold back A.</summary>
    /// <value>
    /// The default is 250 milliseconds. From 0 to 10 minutes, or <see cref="Timeout.InfiniteTimeSpan"/> for strictly one after the other.
    /// </value>
    public TimeSpan SequentialPatience { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets when IPv6 addresses are asked for.</summary>
    /// <value>
    /// The default is <see cref="DnsIPv6Mode.Auto"/>. Where the program is told to do without IPv6, by the runtime's switch System.Net.DisableIPv6 or
    /// DOTNET_SYSTEM_NET_DISABLEIPV6 in the environment, it is <see cref="DnsIPv6Mode.Never"/> whatever is set, and "localhost" has its IPv4 address only.
    /// </value>
    public DnsIPv6Mode IPv6 { get; set; } = DnsIPv6Mode.Auto;

    /// <summary>Gets or sets a value indicating whether the failure of one address family fails the lookup, as in musl.</summary>
    /// <value>The default is <see langword="false"/>: the other family's addresses are the answer.</value>
    public bool RequireBothFamilies { get; set; }

    /// <summary>Gets or sets the largest UDP response asked for, in octets (RFC 6891 §6.2.3, RFC 9715).</summary>
    /// <value>The default is 1232, or 0 where "-edns0" of resolv.conf or RES_OPTIONS switches EDNS off. From 512 to 1400, or 0 for no EDNS at all.</value>
    public int UdpPayloadSize { get; set; } = DefaultUdpPayloadSize;

    /// <summary>Gets or sets a value indicating whether queries carry random upper and lower case that responses must repeat (0x20).</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RandomizeCase { get; set; }

    /// <summary>Gets or sets a value indicating whether the hosts file is asked first.</summary>
    /// <value>The default is <see langword="true"/>. A file over 16 MiB is not read; one warning says so, and what was read before stays in use.</value>
    public bool UseHostsFile { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether short names are completed with the search list.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool UseSearchList { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether DNS cookies are sent over UDP (RFC 7873).</summary>
    /// <value>
    /// The default is <see langword="false"/>. Cookies protect against forged replies where the server knows them. One address often stands for
    /// several servers, such as a forwarder with names of its own, and only some of them may know cookies. A reply without the cookie then costs
    /// one more query, over TCP.
    /// </value>
    public bool UseCookies { get; set; }

    /// <summary>Gets or sets a value indicating whether lookups are spread over the servers.</summary>
    /// <value>The default is <see langword="null"/>: "rotate" of resolv.conf, else <see langword="false"/>.</value>
    public bool? RotateServers { get; set; }

    /// <summary>Gets or sets a value indicating whether the path to the servers is trusted, so that their AD bit is (RFC 4035 §4.9.3).</summary>
    /// <value>The default is <see langword="null"/>: "trust-ad" of resolv.conf, else <see langword="false"/>.</value>
    public bool? TrustAuthenticatedData { get; set; }

    /// <summary>Gets or sets the suffixes that complete short names, in order.</summary>
    /// <value>The default is <see langword="null"/>: the system's, also with explicit <see cref="Servers"/>. At most 32.</value>
    public IList<string>? SearchDomains { get; set; }

    /// <summary>Gets or sets the number of dots from which a name is first tried as typed.</summary>
    /// <value>The default is <see langword="null"/>: "ndots" of resolv.conf, else 1. From 0 to 15.</value>
    public int? Ndots { get; set; }

    /// <summary>Gets or sets the wait after which the next server is asked beside the one that is silent; zero asks all at once.</summary>
    /// <value>The default is <see langword="null"/>: off. From 0 to 1 minute.</value>
    public TimeSpan? HedgeAfter { get; set; }

    /// <summary>Gets or sets the number of questions in flight; more wait, in order, inside their budget.</summary>
    /// <value>The default is 128. From 1 to 65,535.</value>
    public int MaxConcurrentQueries { get; set; } = 128;

    /// <summary>Gets or sets the number of connections to one server that is configured with TCP.</summary>
    /// <value>The default is 4. From 1 to 64.</value>
    public int MaxTcpConnectionsPerServer { get; set; } = 4;

    /// <summary>Gets or sets the settings of the cache.</summary>
    public DnsCacheOptions Cache { get; set; } = new();

    /// <summary>Gets or sets the clock and the timers.</summary>
    /// <value>The default is <see langword="null"/>: the container's, else <see cref="TimeProvider.System"/>.</value>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>Gets or sets where logs go.</summary>
    /// <value>The default is <see langword="null"/>: the container's, else nowhere.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets or sets what makes the meter.</summary>
    /// <value>The default is <see langword="null"/>: the container's, else a meter of the process.</value>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>Gets or sets what a setting is called where a mistake is reported, as its path in a configuration.</summary>
    /// <remarks>
    /// The argument is the property, as in "Attempts", "Cache.MaxTtl" or "Servers[1]"; the result is <see langword="null"/> where it has no other name.
    /// Without a property, for "", it is the section as a whole, which the resolver tells when it starts.
    /// </remarks>
    /// <value>The default is <see langword="null"/>: what the property is called.</value>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Func<string, string?>? DescribeSetting { get; set; }

    /// <summary>A copy that the caller cannot reach.</summary>
    internal DnsResolverOptions Copy()
    {
        DnsResolverOptions copy = (DnsResolverOptions)MemberwiseClone();
        copy.Servers = new List<DnsServer>(Servers);
        copy.SearchDomains = SearchDomains is null ? null : new List<string>(SearchDomains);
        copy.Cache = Cache.Copy();
        return copy;
    }
}

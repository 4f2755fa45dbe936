using System.Net;
using System.Net.Sockets;
using StubResolver.Configuration;

namespace StubResolver.Resolution;

/// <summary>Answers what is never sent: IP literals, the hosts file, special names (RFC 6761).</summary>
internal static class LocalAnswers
{
    /// <summary>How long an entry of the hosts file holds: the file may change.</summary>
    private static readonly TimeSpan s_hostsLife = TimeSpan.FromSeconds(5);

    private static readonly IPAddress[] s_loopback = [IPAddress.IPv6Loopback, IPAddress.Loopback];
    private static readonly IPAddress[] s_loopbackOfIPv4 = [IPAddress.Loopback];

    /// <summary>Returns the addresses of a name as typed, or <see langword="null"/> where DNS is to be asked.</summary>
    /// <param name="request">The lookup.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="hosts">The hosts file.</param>
    /// <param name="time">The clock.</param>
    public static AddressOutcome? FindAddresses(in LookupRequest request, ResolverSettings settings, HostsFile hosts, TimeProvider time)
    {
        if (AddressLiteral.TryParse(request.Typed, out IPAddress? literal))
        {
            return Create(request, request.Typed, [literal], DateTimeOffset.MaxValue, TimeSpan.Zero);
        }

        SpecialName special = SpecialNames.Classify(request.Name);
        bool skipsIPv6 = special == SpecialName.Localhost && settings.DisablesIPv6;
        if (settings.UseHostsFile && FindEntries(request.Name, hosts, skipsIPv6, out string canonicalName) is { } addresses)
        {
            return Create(request, canonicalName, addresses, time.GetUtcNow() + s_hostsLife, s_hostsLife);
        }

        return special switch
        {
            SpecialName.Localhost => Create(request, request.Name, skipsIPv6 ? s_loopbackOfIPv4 : s_loopback, DateTimeOffset.MaxValue, TimeSpan.Zero),
            SpecialName.NonExistent when !NameLookup.IsSearched(QueryName.IsFullyQualified(request.Typed), settings) => new AddressOutcome { Error = DnsError.NameNotFound },
            _ => null,
        };
    }

    /// <summary>Returns the names of the address that a reverse name stands for, where the hosts file has them.</summary>
    public static DnsAnswer<DnsPtrRecord>? FindNames(string typed, string name, HostsFile hosts, TimeProvider time) =>
        ReverseName.TryParse(name, out IPAddress? address) && hosts.TryGetNames(address, out IReadOnlyList<string>? names)
            && names.Select(target => QueryName.TryNormalize(target, out string? ascii, out _) ? ascii : null).OfType<string>().ToArray() is { Length: > 0 } targets
            ? new DnsAnswer<DnsPtrRecord>(typed, [.. targets.Select(target => new DnsPtrRecord(name, s_hostsLife, target))])
            {
                ExpiresAt = time.GetUtcNow() + s_hostsLife,
            }
            : null;

    /// <summary>Returns the records of a special name, or <see langword="null"/> where DNS is to be asked.</summary>
    /// <param name="typed">The name as the caller wrote it.</param>
    /// <param name="name">The normalized name.</param>
    /// <param name="type">The type wanted.</param>
    /// <param name="isSearched">As for addresses.</param>
    public static DnsAnswer<DnsRecord>? FindRecords(string typed, string name, DnsRecordType type, bool isSearched) => SpecialNames.Classify(name) switch
    {
        SpecialName.Localhost => new DnsAnswer<DnsRecord>(typed, type switch
        {
            DnsRecordType.A => [new DnsAddressRecord(name, TimeSpan.Zero, IPAddress.Loopback)],
            DnsRecordType.Aaaa => [new DnsAddressRecord(name, TimeSpan.Zero, IPAddress.IPv6Loopback)],
            _ => [],
        }),
        SpecialName.NonExistent when !isSearched => new DnsAnswer<DnsRecord>(typed, []) { ResponseCode = DnsResponseCode.NxDomain },
        _ => null,
    };

    // People write internationalized names as they read them, programs in ASCII: both are the same name.
    private static IReadOnlyList<IPAddress>? FindEntries(string name, HostsFile hosts, bool skipsIPv6, out string canonicalName)
    {
        hosts.TryGetAddresses(name, out IReadOnlyList<IPAddress>? addresses);
        string listed = name;
        if (InternationalName.GetUnicode(name) is { } unicode && hosts.TryGetAddresses(unicode, out IReadOnlyList<IPAddress>? others))
        {
            listed = addresses is null ? unicode : name;
            addresses = [.. (addresses ?? []).Union(others)];
        }

        canonicalName = QueryName.TryNormalize(hosts.GetCanonicalName(listed), out string? ascii, out _) ? ascii : name;
        return !skipsIPv6 || addresses is null ? addresses
            : addresses.Where(address => address.AddressFamily == AddressFamily.InterNetwork).ToArray() is { Length: > 0 } left ? left
            : null;
    }

    // The owner is the canonical name, as at the end of an alias in DNS.
    private static AddressOutcome Create(
        in LookupRequest request, string canonicalName, IReadOnlyList<IPAddress> addresses, DateTimeOffset expiresAt, TimeSpan ttl)
    {
        List<DnsAddressRecord> records = [];
        foreach (IPAddress address in addresses)
        {
            if (request.Family == AddressFamily.Unspecified || address.AddressFamily == request.Family)
            {
                records.Add(new DnsAddressRecord(canonicalName, ttl, address));
            }
        }

        return records.Count == 0
            ? new AddressOutcome { Error = DnsError.NoData }
            : new AddressOutcome { Answer = new DnsAnswer<DnsAddressRecord>(request.Typed, records) { CanonicalName = canonicalName, ExpiresAt = expiresAt } };
    }
}

using System.Net;
using System.Net.Sockets;
using StubResolver.Configuration;

namespace StubResolver.Resolution;

/// <summary>Answers what is never sent: IP literals, the hosts file, special names (RFC 6761).</summary>
internal static class LocalAnswers
{
    /// <summary>How long an entry of the hosts file holds: the file may change.</summary>
    private static readonly TimeSpan s_hostsLife = TimeSpan.FromSeconds(5);

    /// <summary>Returns the addresses of a name as typed, or <see langword="null"/> where DNS is to be asked.</summary>
    /// <param name="request">The lookup.</param>
    /// <param name="hosts">The hosts file, where it is asked.</param>
    /// <param name="isSearched">Whether the search list completes the name: what does not exist as typed may exist below a suffix.</param>
    /// <param name="time">The clock.</param>
    public static AddressOutcome? FindAddresses(in LookupRequest request, HostsFile? hosts, bool isSearched, TimeProvider time)
    {
        (string typed, string name, AddressFamily family) = (request.Typed, request.Name, request.Family);
        if (AddressLiteral.TryParse(typed, out IPAddress? literal))
        {
            return Create(typed, typed, new[] { literal }, family, DateTimeOffset.MaxValue, TimeSpan.Zero);
        }

        if (hosts is not null && FindEntries(name, hosts) is { } addresses)
        {
            return Create(typed, name, addresses, family, time.GetUtcNow() + s_hostsLife, s_hostsLife);
        }

        return SpecialNames.Classify(name) switch
        {
            SpecialName.Localhost => Create(typed, name, new[] { IPAddress.IPv6Loopback, IPAddress.Loopback }, family, DateTimeOffset.MaxValue, TimeSpan.Zero),
            SpecialName.NonExistent when !isSearched => new AddressOutcome { Error = DnsError.NameNotFound },
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
    private static IReadOnlyList<IPAddress>? FindEntries(string name, HostsFile hosts)
    {
        hosts.TryGetAddresses(name, out IReadOnlyList<IPAddress>? addresses);
        return InternationalName.GetUnicode(name) is { } unicode && hosts.TryGetAddresses(unicode, out IReadOnlyList<IPAddress>? others)
            ? Unite(addresses, others)
            : addresses;
    }

    private static IReadOnlyList<IPAddress> Unite(IReadOnlyList<IPAddress>? ascii, IReadOnlyList<IPAddress> unicode) => [.. (ascii ?? []).Union(unicode)];

    private static AddressOutcome Create(
        string typed, string name, IReadOnlyList<IPAddress> addresses, AddressFamily family, DateTimeOffset expiresAt, TimeSpan ttl)
    {
        DnsAddressRecord[] records =
        [
            .. addresses
                .Where(address => family == AddressFamily.Unspecified || address.AddressFamily == family)
                .Select(address => new DnsAddressRecord(name, ttl, address)),
        ];
        return records.Length == 0
            ? new AddressOutcome { Error = DnsError.NoData }
            : new AddressOutcome { Answer = new DnsAnswer<DnsAddressRecord>(typed, records) { CanonicalName = name, ExpiresAt = expiresAt } };
    }
}

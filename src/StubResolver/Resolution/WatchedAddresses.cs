using System.Net;
using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>What the families of a watched name last said. Not thread-safe.</summary>
/// <remarks>
/// Of a partial answer the family counts that answered: some load balancers fail AAAA for ever (RFC 4074), and their hosts move too. The other family
/// keeps what it last said, since a failure says nothing about addresses.
/// </remarks>
internal sealed class WatchedAddresses
{
    private IReadOnlyList<DnsAddressRecord> _records = [];
    private HashSet<IPAddress>? _told;

    /// <summary>Returns what is to be told, or <see langword="null"/> where the set of addresses is the one that was told last.</summary>
    public DnsAnswer<DnsAddressRecord>? Update(DnsAnswer<DnsAddressRecord> answer)
    {
        if (Complete(answer, _records) is not { } whole)
        {
            return null;
        }

        _records = whole.Records;
        HashSet<IPAddress> addresses = [.. _records.Select(record => record.Address)];
        if (_told?.SetEquals(addresses) == true)
        {
            return null;
        }

        _told = addresses;
        return whole;
    }

    /// <summary>Returns an answer with what was known of the family that failed; <see langword="null"/> where nothing of it is fresh.</summary>
    public static DnsAnswer<DnsAddressRecord>? Complete(DnsAnswer<DnsAddressRecord> answer, IReadOnlyList<DnsAddressRecord> known)
    {
        if (answer.PartialFailure is not { } failure)
        {
            return answer.IsStale || answer.Records.Count == 0 ? null : answer;
        }

        // Stale records of the family that failed may stand beside the fresh ones.
        AddressFamily? failed = answer.IsStale ? FindFamily(failure) : null;
        DnsAddressRecord[] fresh = [.. answer.Records.Where(record => record.Address.AddressFamily != failed)];
        if (fresh.Length == 0 || (answer.IsStale && failed is null))
        {
            return null;
        }

        DnsAddressRecord[] kept = [.. known.Where(record => record.Address.AddressFamily != fresh[0].Address.AddressFamily)];
        return kept.Length == 0 && !answer.IsStale ? answer : new DnsAnswer<DnsAddressRecord>([.. fresh, .. kept], answer.Name)
        {
            CanonicalName = answer.CanonicalName,
            ResponseCode = answer.ResponseCode,
            ExpiresAt = answer.ExpiresAt,
            Server = answer.Server,
            PartialFailure = failure,
        };
    }

    private static AddressFamily? FindFamily(DnsException failure) => (failure.Attempts is [.., DnsAttempt last] ? last.Type : (DnsRecordType?)null) switch
    {
        DnsRecordType.A => AddressFamily.InterNetwork,
        DnsRecordType.Aaaa => AddressFamily.InterNetworkV6,
        _ => null,
    };
}

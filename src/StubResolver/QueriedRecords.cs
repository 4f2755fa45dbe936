using System.Net;
using System.Security.Cryptography;
using StubResolver.Resolution;

namespace StubResolver;

/// <summary>Typed lookups over <see cref="IDnsResolver.QueryAsync"/>, for resolvers that implement no more than that.</summary>
internal static class QueriedRecords
{
    public static ValueTask<DnsAnswer<DnsSrvRecord>> ResolveSrvAsync(IDnsResolver resolver, string name, CancellationToken cancellationToken) =>
        ResolveAsync<DnsSrvRecord>(
            resolver, name, DnsRecordType.Srv, cancellationToken, records => SrvOrder.Arrange(records, RandomNumberGenerator.GetInt32));

    public static ValueTask<DnsAnswer<DnsMxRecord>> ResolveMxAsync(IDnsResolver resolver, string name, CancellationToken cancellationToken) =>
        ResolveAsync<DnsMxRecord>(resolver, name, DnsRecordType.Mx, cancellationToken, MxOrder.Arrange);

    public static ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(IDnsResolver resolver, IPAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        return ResolveAsync<DnsPtrRecord>(resolver, ReverseName.From(address), DnsRecordType.Ptr, cancellationToken, isReverse: true);
    }

    public static async ValueTask<DnsAnswer<TRecord>> ResolveAsync<TRecord>(
        IDnsResolver resolver,
        string name,
        DnsRecordType type,
        CancellationToken cancellationToken,
        Func<IReadOnlyList<TRecord>, IReadOnlyList<TRecord>>? arrange = null,
        bool isReverse = false)
        where TRecord : DnsRecord
    {
        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(name, type, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<TRecord> records = [.. answer.Records.OfType<TRecord>()];
        if (records.Count == 0)
        {
            DnsError error = answer.ResponseCode == DnsResponseCode.NxDomain ? DnsError.NameNotFound : DnsError.NoData;
            throw new DnsException(error, name) { ResponseCode = answer.ResponseCode };
        }

        if (HostName.AreNeeded(type, isReverse))
        {
            records = [.. records.Where(HostName.IsTargetOf)];
            if (records.Count == 0)
            {
                throw new DnsException(DnsError.MalformedResponse, name);
            }
        }

        return new DnsAnswer<TRecord>(name, arrange is null ? records : arrange(records))
        {
            CanonicalName = answer.CanonicalName,
            ResponseCode = answer.ResponseCode,
            ExpiresAt = answer.ExpiresAt,
            IsStale = answer.IsStale,
            IsAuthenticated = answer.IsAuthenticated,
            Server = answer.Server,
        };
    }
}

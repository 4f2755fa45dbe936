using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>Resolves names; what callers depend on, decorate and fake.</summary>
/// <remarks>
/// A fake writes three methods; the others have implementations over <see cref="QueryAsync"/> and <see cref="Watch"/>. Members added later always come with one.
/// Implementations are thread-safe.
/// </remarks>
public interface IDnsResolver
{
    /// <inheritdoc cref="DnsResolver.ResolveAddressesAsync(string, AddressFamily, CancellationToken)"/>
    ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(
        string name, AddressFamily addressFamily = AddressFamily.Unspecified, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DnsResolver.QueryAsync"/>
    ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="DnsResolver.Watch"/>
    IDisposable Watch(string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed);

    /// <inheritdoc cref="DnsResolver.KeepFresh"/>
    /// <remarks>
    /// The default implementation is a <see cref="Watch"/>, and one lookup beside it where <paramref name="failed"/> is to know how the name fails at
    /// first; what else than a <see cref="DnsException"/> that throws is the <see cref="DnsException.Cause"/> of one.
    /// </remarks>
    IDisposable KeepFresh(
        string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed, Action<DnsException>? failed = null) =>
        WatchedFreshness.Start(this, name, addressFamily, changed, failed);

    /// <inheritdoc cref="DnsResolver.ResolveSrvAsync"/>
    ValueTask<DnsAnswer<DnsSrvRecord>> ResolveSrvAsync(string name, CancellationToken cancellationToken = default) =>
        QueriedRecords.ResolveSrvAsync(this, name, cancellationToken);

    /// <inheritdoc cref="DnsResolver.ResolveMxAsync"/>
    ValueTask<DnsAnswer<DnsMxRecord>> ResolveMxAsync(string name, CancellationToken cancellationToken = default) =>
        QueriedRecords.ResolveMxAsync(this, name, cancellationToken);

    /// <inheritdoc cref="DnsResolver.ResolveTxtAsync"/>
    ValueTask<DnsAnswer<DnsTxtRecord>> ResolveTxtAsync(string name, CancellationToken cancellationToken = default) =>
        QueriedRecords.ResolveAsync<DnsTxtRecord>(this, name, DnsRecordType.Txt, cancellationToken);

    /// <inheritdoc cref="DnsResolver.ResolveCNameAsync"/>
    ValueTask<DnsAnswer<DnsCNameRecord>> ResolveCNameAsync(string name, CancellationToken cancellationToken = default) =>
        QueriedRecords.ResolveAsync<DnsCNameRecord>(this, name, DnsRecordType.CName, cancellationToken);

    /// <inheritdoc cref="DnsResolver.ResolveNsAsync"/>
    ValueTask<DnsAnswer<DnsNsRecord>> ResolveNsAsync(string name, CancellationToken cancellationToken = default) =>
        QueriedRecords.ResolveAsync<DnsNsRecord>(this, name, DnsRecordType.Ns, cancellationToken);

    /// <inheritdoc cref="DnsResolver.ResolveSoaAsync"/>
    ValueTask<DnsAnswer<DnsSoaRecord>> ResolveSoaAsync(string name, CancellationToken cancellationToken = default) =>
        QueriedRecords.ResolveAsync<DnsSoaRecord>(this, name, DnsRecordType.Soa, cancellationToken);

    /// <inheritdoc cref="DnsResolver.ResolvePtrAsync(IPAddress, CancellationToken)"/>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in the type of a required parameter.")]
    ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(IPAddress address, CancellationToken cancellationToken = default) =>
        QueriedRecords.ResolvePtrAsync(this, address, cancellationToken);

    /// <inheritdoc cref="DnsResolver.ResolvePtrAsync(string, CancellationToken)"/>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in the type of a required parameter.")]
    ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(string name, CancellationToken cancellationToken = default) =>
        QueriedRecords.ResolveAsync<DnsPtrRecord>(this, name, DnsRecordType.Ptr, cancellationToken);
}

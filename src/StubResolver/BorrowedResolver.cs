using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace StubResolver;

/// <summary>
/// A resolver of the application's, as the container's <see cref="IDnsResolver"/>: what a factory returns and can be disposed, a container disposes,
/// so this cannot be.
/// </summary>
internal sealed class BorrowedResolver(DnsResolver resolver) : IDnsResolver
{
    /// <summary>What the resolver logs with.</summary>
    public ILoggerFactory? LoggerFactory => resolver.LoggerFactory;

    public ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(string name, AddressFamily addressFamily, CancellationToken cancellationToken) =>
        resolver.ResolveAddressesAsync(name, addressFamily, cancellationToken);

    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken) =>
        resolver.QueryAsync(name, type, cancellationToken);

    public IDisposable Watch(string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed) =>
        resolver.Watch(name, addressFamily, changed);

    public IDisposable KeepFresh(
        string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed, Action<DnsException>? failed) =>
        resolver.KeepFresh(name, addressFamily, changed, failed);

    public ValueTask<DnsAnswer<DnsSrvRecord>> ResolveSrvAsync(string name, CancellationToken cancellationToken) =>
        resolver.ResolveSrvAsync(name, cancellationToken);

    public ValueTask<DnsAnswer<DnsMxRecord>> ResolveMxAsync(string name, CancellationToken cancellationToken) =>
        resolver.ResolveMxAsync(name, cancellationToken);

    public ValueTask<DnsAnswer<DnsTxtRecord>> ResolveTxtAsync(string name, CancellationToken cancellationToken) =>
        resolver.ResolveTxtAsync(name, cancellationToken);

    public ValueTask<DnsAnswer<DnsCNameRecord>> ResolveCNameAsync(string name, CancellationToken cancellationToken) =>
        resolver.ResolveCNameAsync(name, cancellationToken);

    public ValueTask<DnsAnswer<DnsNsRecord>> ResolveNsAsync(string name, CancellationToken cancellationToken) =>
        resolver.ResolveNsAsync(name, cancellationToken);

    public ValueTask<DnsAnswer<DnsSoaRecord>> ResolveSoaAsync(string name, CancellationToken cancellationToken) =>
        resolver.ResolveSoaAsync(name, cancellationToken);

    public ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(IPAddress address, CancellationToken cancellationToken) =>
        resolver.ResolvePtrAsync(address, cancellationToken);

    public ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(string name, CancellationToken cancellationToken) =>
        resolver.ResolvePtrAsync(name, cancellationToken);
}

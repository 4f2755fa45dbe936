using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Testing;

/// <content>The typed lookups: what every resolver makes of <see cref="QueryAsync"/>.</content>
public sealed partial class FakeDnsResolver
{
    private IDnsResolver Queried => new QueryOnly(this);

    /// <inheritdoc/>
    public ValueTask<DnsAnswer<DnsSrvRecord>> ResolveSrvAsync(string name, CancellationToken cancellationToken = default) =>
        Queried.ResolveSrvAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DnsAnswer<DnsMxRecord>> ResolveMxAsync(string name, CancellationToken cancellationToken = default) =>
        Queried.ResolveMxAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DnsAnswer<DnsTxtRecord>> ResolveTxtAsync(string name, CancellationToken cancellationToken = default) =>
        Queried.ResolveTxtAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DnsAnswer<DnsCNameRecord>> ResolveCNameAsync(string name, CancellationToken cancellationToken = default) =>
        Queried.ResolveCNameAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DnsAnswer<DnsNsRecord>> ResolveNsAsync(string name, CancellationToken cancellationToken = default) =>
        Queried.ResolveNsAsync(name, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DnsAnswer<DnsSoaRecord>> ResolveSoaAsync(string name, CancellationToken cancellationToken = default) =>
        Queried.ResolveSoaAsync(name, cancellationToken);

    /// <inheritdoc/>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in the type of a required parameter.")]
    public ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(IPAddress address, CancellationToken cancellationToken = default) =>
        Queried.ResolvePtrAsync(address, cancellationToken);

    /// <inheritdoc/>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in the type of a required parameter.")]
    public ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(string name, CancellationToken cancellationToken = default) =>
        Queried.ResolvePtrAsync(name, cancellationToken);

    /// <summary>The same resolver without the members above, so that those of the interface answer.</summary>
    private sealed class QueryOnly(FakeDnsResolver fake) : IDnsResolver
    {
        public ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(string name, AddressFamily addressFamily, CancellationToken cancellationToken) =>
            fake.ResolveAddressesAsync(name, addressFamily, cancellationToken);

        public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken) =>
            fake.QueryAsync(name, type, cancellationToken);

        public IDisposable Watch(string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed) =>
            fake.Watch(name, addressFamily, changed);
    }
}

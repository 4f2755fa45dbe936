using System.Net;
using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>All lookups of one resolver, from argument checks to the answer.</summary>
internal sealed class LookupPipeline : IDisposable, IAsyncDisposable
{
    public static LookupPipeline Create(DnsResolverOptions options) => throw new NotImplementedException(options.ToString());

    public ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(
        string name, AddressFamily addressFamily, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask<DnsAnswer<DnsSrvRecord>> ResolveSrvAsync(string name, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask<DnsAnswer<DnsMxRecord>> ResolveMxAsync(string name, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask<DnsAnswer<TRecord>> ResolveAsync<TRecord>(string name, DnsRecordType type, CancellationToken cancellationToken)
        where TRecord : DnsRecord => throw new NotImplementedException();

    public ValueTask<DnsAnswer<DnsPtrRecord>> ResolvePtrAsync(IPAddress address, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string name, DnsRecordType type, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    public IDisposable Watch(string name, AddressFamily addressFamily, Action<DnsAnswer<DnsAddressRecord>> changed) =>
        throw new NotImplementedException();

    public void ClearCache() => throw new NotImplementedException();

    public void ClearCache(string name) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}

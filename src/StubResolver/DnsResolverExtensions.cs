using System.Net.Sockets;

namespace StubResolver;

/// <summary>Shorter calls on <see cref="IDnsResolver"/>.</summary>
public static class DnsResolverExtensions
{
    /// <summary>Resolves the addresses of a name, of either family.</summary>
    /// <param name="resolver">The resolver.</param>
    /// <param name="name">The name or IP literal.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <inheritdoc cref="DnsResolver.ResolveAddressesAsync(string, AddressFamily, CancellationToken)"/>
    public static ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAddressesAsync(
        this IDnsResolver resolver, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        return resolver.ResolveAddressesAsync(name, AddressFamily.Unspecified, cancellationToken);
    }
}

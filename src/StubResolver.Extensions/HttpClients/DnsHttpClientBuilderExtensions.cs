using StubResolver;
using StubResolver.Extensions.HttpClients;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Chooses who resolves the names of an HttpClient.</summary>
/// <remarks>
/// <para>
/// The last of these calls on a client holds, and beats <c>ConfigureHttpClientDefaults</c>, which beats <c>AddDnsResolverForHttpClients</c>; the order
/// among those, and of <c>ConfigurePrimaryHttpMessageHandler</c> and its kin, does not matter. Delegating handlers that a primary handler is
/// wrapped in are looked through. Settings that are wrong and handlers that cannot be changed throw when the client is first made.
/// </para>
/// <para>
/// Options add up, whichever of these calls holds: the callbacks of <c>ConfigureHttpClientDefaults</c> run first, then the client's, in order. An
/// <see cref="DnsConnectorOptions.AddressPolicy"/> is in force or throws an <see cref="InvalidOperationException"/> when the client is first made;
/// <c>UseDnsResolver(options =&gt; options.AddressPolicy = null)</c> drops one that was set for all clients.
/// </para>
/// </remarks>
public static class DnsHttpClientBuilderExtensions
{
    /// <summary>Lets a client resolve names with the application's <see cref="IDnsResolver"/>, which is added if it is not there.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets options of the client's <see cref="DnsConnector"/>.</param>
    /// <returns>The client.</returns>
    /// <remarks>
    /// <para>
    /// The primary handler must be a <see cref="SocketsHttpHandler"/>, as the factory's own is; with any other an
    /// <see cref="InvalidOperationException"/> names the client and the type.
    /// </para>
    /// <para>
    /// A ConnectCallback that is set is kept, with one warning, and so is what connects a handler that uses a resolver already: options set here are
    /// then not in force. With an <see cref="DnsConnectorOptions.AddressPolicy"/>, which must not be lost, an <see cref="InvalidOperationException"/>
    /// is thrown instead.
    /// </para>
    /// </remarks>
    public static IHttpClientBuilder UseDnsResolver(this IHttpClientBuilder builder, Action<DnsConnectorOptions>? configure = null) =>
        builder.UseKeyedDnsResolver(serviceKey: null, configure);

    /// <summary>Lets a client resolve names with a resolver that was added with a key.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="serviceKey">The key that <c>AddKeyedDnsResolver</c> was called with; <see langword="null"/> is the resolver without a key.</param>
    /// <param name="configure">Sets options of the client's <see cref="DnsConnector"/>.</param>
    /// <returns>The client.</returns>
    /// <remarks>
    /// Does not add the resolver: without it an <see cref="InvalidOperationException"/> names the client and the key. For the rest it is as
    /// <see cref="UseDnsResolver"/>.
    /// </remarks>
    public static IHttpClientBuilder UseKeyedDnsResolver(
        this IHttpClientBuilder builder, object? serviceKey, Action<DnsConnectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (serviceKey is null)
        {
            builder.Services.AddDnsResolver();
        }

        return HttpClientDnsServices.Choose(builder, new DnsChoice(DnsChoiceKind.Resolver) { ServiceKey = serviceKey, Configure = configure });
    }

    /// <summary>
    /// Lets the connections of a client follow DNS: when the addresses of a host change, new requests go to the new ones, and requests in flight finish.
    /// Uses the application's <see cref="IDnsResolver"/>, which is added if it is not there.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets options of the client's connections.</param>
    /// <returns>The client.</returns>
    /// <remarks>
    /// <para>
    /// The primary handler becomes a <see cref="DnsFollowingHandler"/> whose handlers have the settings of the <see cref="SocketsHttpHandler"/> that
    /// was configured, with the options of its connector where it has one of <see cref="SocketsHttpHandlerExtensions.UseDnsResolver"/>. The factory
    /// keeps it for good: <c>SetHandlerLifetime</c> has no effect on the client.
    /// </para>
    /// <para>
    /// A primary handler of another type, or one with a ConnectCallback of the application's, leads to an <see cref="InvalidOperationException"/>.
    /// </para>
    /// </remarks>
    public static IHttpClientBuilder UseDnsFollowing(this IHttpClientBuilder builder, Action<DnsConnectorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDnsResolver();
        return HttpClientDnsServices.Choose(builder, new DnsChoice(DnsChoiceKind.Following) { Configure = configure });
    }

    /// <summary>Leaves a client to the operating system's resolver, whatever is chosen for other clients or for all.</summary>
    /// <param name="builder">The client.</param>
    /// <returns>The client.</returns>
    /// <remarks>Where an <see cref="DnsConnectorOptions.AddressPolicy"/> is set for the client or for all, it throws, since nobody would ask the policy.</remarks>
    public static IHttpClientBuilder UseSystemDns(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return HttpClientDnsServices.Choose(builder, new DnsChoice(DnsChoiceKind.System));
    }
}

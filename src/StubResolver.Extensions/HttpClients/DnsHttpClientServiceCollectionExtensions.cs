using StubResolver;
using StubResolver.Extensions.HttpClients;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets all HttpClients of an application resolve names with StubResolver.</summary>
public static class DnsHttpClientServiceCollectionExtensions
{
    /// <summary>
    /// Lets every HttpClient of <see cref="IHttpClientFactory"/> resolve names with the application's <see cref="IDnsResolver"/>: named, typed and
    /// unnamed ones, whenever they are registered, with primary handlers of the application's too. Adds the resolver and the factory.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options of the resolver, as <c>AddDnsResolver</c> does.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// <para>
    /// The connections of the clients' <see cref="SocketsHttpHandler"/> are made by one shared <see cref="DnsConnector"/>; all else about the handlers
    /// stays as it is. A ConnectCallback that is set is kept, and a primary handler of another type cannot be changed: such a client goes
    /// on as before, with one warning.
    /// </para>
    /// <para>
    /// What is chosen for single clients (<c>UseDnsResolver</c>, <c>UseKeyedDnsResolver</c>, <c>UseDnsFollowing</c>, <c>UseSystemDns</c>) or with
    /// <c>ConfigureHttpClientDefaults</c> wins, whatever the order of the calls. Clients made with <c>new HttpClient()</c> are not the factory's.
    /// </para>
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.Services.AddDnsResolverForHttpClients();
    /// </code>
    /// </example>
    public static IServiceCollection AddDnsResolverForHttpClients(this IServiceCollection services, Action<DnsResolverOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddHttpClient();
        HttpClientDnsServices.ChooseForEveryClient(services);
        return configure is null ? services.AddDnsResolver() : services.AddDnsResolver(configure);
    }
}

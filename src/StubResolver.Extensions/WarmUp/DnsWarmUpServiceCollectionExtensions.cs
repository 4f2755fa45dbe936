using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StubResolver;
using StubResolver.Extensions.WarmUp;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Resolves names before they are needed.</summary>
public static class DnsWarmUpServiceCollectionExtensions
{
    /// <summary>Resolves names when the host starts, and keeps them resolved until it stops. Adds the resolver.</summary>
    /// <param name="services">The services.</param>
    /// <param name="names">The names; those of several calls add up.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// <para>
    /// The start of the host does not wait for answers: lookups run in the background. A name that cannot be resolved is logged as a warning and tried
    /// again later; the application starts without it. Queries leave only while others leave a slot free
    /// (<see cref="DnsResolverOptions.MaxConcurrentQueries"/>), as <see cref="DnsResolver.KeepFresh"/> does it. Where the <see cref="IDnsResolver"/> is
    /// the application's own, its <see cref="IDnsResolver.KeepFresh"/> does it.
    /// </para>
    /// <para>What is not a domain name ends the start of the host with one <see cref="OptionsValidationException"/> that lists all such names, beside what is wrong with other options.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.Services.AddDnsWarmUp("api.example", "db.example");
    /// </code>
    /// </example>
    public static IServiceCollection AddDnsWarmUp(this IServiceCollection services, params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(names);
        string[] copy = [.. names];
        services.AddDnsResolver();
        services.AddOptions<WarmUpOptions>().Configure(options => options.Names.AddRange(copy)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WarmUpOptions>, WarmUpOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WarmUpService>());
        return services;
    }
}

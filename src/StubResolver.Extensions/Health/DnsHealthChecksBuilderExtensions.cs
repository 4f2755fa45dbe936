using Microsoft.Extensions.Diagnostics.HealthChecks;
using StubResolver;
using StubResolver.Extensions.Health;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Tells whether names can be resolved.</summary>
public static class DnsHealthChecksBuilderExtensions
{
    /// <summary>Adds a check that asks the application's <see cref="IDnsResolver"/> for a name. Adds the resolver, too, unless it has a key.</summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="query">
    /// The fully qualified name whose IPv4 addresses are asked for. The default is the root, asked for anew by each check. The answer to any other name
    /// may come from the cache: take one whose TTL is short.
    /// </param>
    /// <param name="serviceKey">The key of the resolver; <see langword="null"/> is the one without.</param>
    /// <param name="name">The name of the check.</param>
    /// <param name="failureStatus">What a failure is; <see cref="HealthStatus.Unhealthy"/> by default.</param>
    /// <param name="tags">The tags of the check.</param>
    /// <param name="timeout">How long the check may take; by default the resolver's own <see cref="DnsResolverOptions.LookupTimeout"/> ends it.</param>
    /// <returns>The health checks.</returns>
    /// <remarks>
    /// Healthy is any usable response of a server, also that the name does not exist. Where none comes, the description is the report: who was asked, how
    /// often, and what became of it. Answers past their life (<see cref="DnsCacheOptions.MaxStale"/>) are degraded.
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.Services.AddHealthChecks().AddDnsResolver();
    /// </code>
    /// </example>
    public static IHealthChecksBuilder AddDnsResolver(
        this IHealthChecksBuilder builder,
        string query = ".",
        object? serviceKey = null,
        string name = "dns",
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        TimeSpan? timeout = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(query);
        if (serviceKey is null)
        {
            builder.Services.AddDnsResolver();
        }

        return builder.Add(new HealthCheckRegistration(
            name, services => new ResolverHealthCheck(services.GetRequiredKeyedService<IDnsResolver>(serviceKey), query), failureStatus, tags, timeout));
    }
}

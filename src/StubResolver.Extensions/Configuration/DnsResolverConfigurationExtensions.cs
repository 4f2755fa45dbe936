using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StubResolver;
using StubResolver.Extensions;
using StubResolver.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds resolvers whose options come from configuration.</summary>
public static class DnsResolverConfigurationExtensions
{
    /// <summary>Adds a resolver, or sets options of the one that is there, from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section with the settings, as in <c>builder.Configuration.GetSection("Dns")</c>.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// <para>
    /// The keys are the properties of <see cref="DnsResolverOptions"/> in any case, with a section "Cache" for <see cref="DnsCacheOptions"/>; all are
    /// optional, and what is left out keeps its value. "Servers" and "SearchDomains" are arrays, or one string with commas or blanks between
    /// the parts; they replace what was set before, and an empty array or string in "SearchDomains" means none. Times are written 00:00:10 or 1.00:00:00, numbers with a decimal point, enums by name.
    /// </para>
    /// <para>
    /// Everything that is wrong is in one <see cref="OptionsValidationException"/> when the host starts, or without a host at first use, each with its
    /// path: values that cannot be read, unknown keys, empty strings, times without a unit (<see cref="TimeSpan"/> would read 10 as ten days). A section that
    /// does not exist is a warning in the log: all settings keep their values then.
    /// </para>
    /// <para>No reflection is used: safe for trimming and native AOT. The configuration is read when the resolver is made; it does not follow reloads.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// // "Dns": { "Servers": ["10.0.0.10", "tcp://10.0.0.11"], "LookupTimeout": "00:00:05", "Cache": { "MaxStale": "1.00:00:00" } }
    /// builder.Services.AddDnsResolver(builder.Configuration.GetSection("Dns"));
    /// </code>
    /// </example>
    public static IServiceCollection AddDnsResolver(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddDnsResolver();
        services.AddSingleton<IConfigureOptions<DnsResolverOptions>>(provider =>
            new ConfiguredOptions(configuration, provider.GetService<ILoggerFactory>()?.CreateLogger(ExtensionsLog.ConfigurationCategory)));
        services.AddSingleton<IValidateOptions<DnsResolverOptions>>(new ConfiguredOptions(configuration, logger: null));
        return services;
    }
}

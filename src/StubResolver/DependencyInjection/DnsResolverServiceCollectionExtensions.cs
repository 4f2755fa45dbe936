using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StubResolver;
using StubResolver.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds resolvers to an application.</summary>
/// <remarks>
/// <para>
/// Registered once as <see cref="DnsResolver"/> and <see cref="IDnsResolver"/>, the same instance, and disposed with the container; an instance of the
/// application's is used, before or after, and is not disposed. What is registered already stays, so a fake <see cref="IDnsResolver"/> wins. The resolver has a cache of its own; the application's is never used.
/// </para>
/// <para>
/// Options are validated when the host starts, or without a host at first use: one <see cref="OptionsValidationException"/> lists everything that is
/// wrong. Clock, logs and meters that the options leave open are the container's <see cref="TimeProvider"/>,
/// <see cref="Microsoft.Extensions.Logging.ILoggerFactory"/> and <see cref="System.Diagnostics.Metrics.IMeterFactory"/>, where it has them.
/// </para>
/// <para>
/// <c>services.AddOptions&lt;DnsResolverOptions&gt;().BindConfiguration("Dns")</c> binds the options by reflection. The source generator for binding,
/// which is on with PublishAot, cannot read servers and drops them without a word: use <c>AddDnsResolver(IConfiguration)</c> of the package
/// StubResolver.Extensions there. It also lists every mistake, where binding stops at the first value that it cannot read, reads a number without
/// a unit as days, and drops unknown keys, one string for "SearchDomains", an empty string for a setting that may be unset, and a value where a
/// section should be or the other way round.
/// </para>
/// </remarks>
public static class DnsResolverServiceCollectionExtensions
{
    /// <summary>Adds a resolver.</summary>
    /// <param name="services">The services.</param>
    /// <returns>The services.</returns>
    /// <remarks>It asks the servers the system is configured with, unless its options are set elsewhere.</remarks>
    public static IServiceCollection AddDnsResolver(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddValidatedOptions(services, Options.Options.DefaultName);
        services.TryAddSingleton(static provider => new DnsResolver(provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value));

        // An instance that was registered is not the container's to dispose, and what a factory returns is.
        if (FindInstance(services, serviceKey: null) is { } instance)
        {
            services.TryAddSingleton<IDnsResolver>(instance);
        }
        else
        {
            services.TryAddSingleton(provider => ToService(services, provider.GetRequiredService<DnsResolver>()));
        }

        return services;
    }

    /// <summary>Adds a resolver and sets its options.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; the callbacks of several calls run one after the other, on the same options.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddDnsResolver(this IServiceCollection services, Action<DnsResolverOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddDnsResolver().Configure(configure);
    }

    /// <summary>Adds a resolver beside others, as for names that only certain servers know.</summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">
    /// The key of the services; <see langword="null"/> is the resolver without a key, as everywhere in the container.
    /// <see cref="KeyedService.AnyKey"/> makes one resolver a key, all with the same options.
    /// </param>
    /// <param name="configure">Sets options; the callbacks of several calls with one key run one after the other, on the same options.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// Each key has options, a cache and connections of its own. The options of a string key have the name of the key, so that
    /// <c>services.AddOptions&lt;DnsResolverOptions&gt;("internal")</c> reaches those of the resolver with the key "internal"; those of other keys have
    /// names that no string key has.
    /// </remarks>
    public static IServiceCollection AddKeyedDnsResolver(
        this IServiceCollection services, object? serviceKey, Action<DnsResolverOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (serviceKey is null)
        {
            return configure is null ? services.AddDnsResolver() : services.AddDnsResolver(configure);
        }

        string name = GetOptionsNames(services).GetName(serviceKey);
        AddValidatedOptions(services, name);
        services.TryAddKeyedSingleton(serviceKey, (provider, _) =>
            new DnsResolver(provider.GetRequiredService<IOptionsMonitor<DnsResolverOptions>>().Get(name)));
        if (FindInstance(services, serviceKey) is { } instance)
        {
            services.TryAddKeyedSingleton<IDnsResolver>(serviceKey, instance);
        }
        else
        {
            services.TryAddKeyedSingleton(serviceKey, (provider, key) => ToService(services, provider.GetRequiredKeyedService<DnsResolver>(key)));
        }

        return configure is null ? services : services.Configure(name, configure);
    }

    private static void AddValidatedOptions(IServiceCollection services, string name)
    {
        DnsServerListConverter.Register(); // for options that the configuration binder sets
        services.AddOptions<DnsResolverOptions>(name).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DnsResolverOptions>, DnsResolverOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<DnsResolverOptions>, ContainerDefaults>());
    }

    // An instance may have been registered after the call that asks for it here.
    private static IDnsResolver ToService(IServiceCollection services, DnsResolver resolver) =>
        services.Any(service => GetInstance(service) == resolver) ? new BorrowedResolver(resolver) : resolver;

    private static DnsResolver? FindInstance(IServiceCollection services, object? serviceKey)
    {
        ServiceDescriptor? descriptor = services.LastOrDefault(service =>
            service.ServiceType == typeof(DnsResolver) && Equals(service.ServiceKey, serviceKey));
        return descriptor is null ? null : GetInstance(descriptor);
    }

    private static DnsResolver? GetInstance(ServiceDescriptor service) =>
        (service.IsKeyedService ? service.KeyedImplementationInstance : service.ImplementationInstance) as DnsResolver;

    private static OptionsNames GetOptionsNames(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(OptionsNames))?.ImplementationInstance is not OptionsNames names)
        {
            names = new OptionsNames();
            services.AddSingleton(names);
        }

        return names;
    }
}

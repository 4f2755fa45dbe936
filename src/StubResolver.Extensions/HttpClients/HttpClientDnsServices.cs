using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.HttpClients;

/// <summary>Registers what applies choices to HttpClients, and the choices.</summary>
internal static class HttpClientDnsServices
{
    public static void ChooseForEveryClient(IServiceCollection services)
    {
        AddFilter(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ClientDnsOptions>, EveryClientChoice>());
    }

    public static IHttpClientBuilder Choose(IHttpClientBuilder builder, DnsChoice choice)
    {
        AddFilter(builder.Services);

        // ConfigureHttpClientDefaults hands out a builder without a name, and options without a name are everybody's.
        builder.Services.Configure<ClientDnsOptions>(builder.Name, builder.Name is null
            ? options => options.Default.Add(choice)
            : options => options.Own.Add(choice));
        return builder;
    }

    private static void AddFilter(IServiceCollection services)
    {
        services.AddOptions();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<HttpClientFactoryOptions>, FollowingHandlerLifetime>());
        if (!services.Any(service => service.ServiceType == typeof(IHttpMessageHandlerBuilderFilter) && service.ImplementationType == typeof(DnsHandlerFilter)))
        {
            // The first filter is the outermost: it has the last word on handlers that the application's own filters set.
            services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, DnsHandlerFilter>());
        }
    }
}

using Microsoft.Extensions.DependencyInjection;
using StubResolver;

namespace ClientSamples;

/// <summary>A reverse proxy whose destinations are found with the resolver.</summary>
public static class YarpProxy
{
    public static IReverseProxyBuilder UseDnsResolver(this IReverseProxyBuilder proxy, IDnsResolver resolver) =>
        proxy.ConfigureHttpClient((_, handler) => handler.UseDnsResolver(resolver));
}

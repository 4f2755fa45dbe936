using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using StubResolver.Extensions.HttpClients;

namespace StubResolver.Extensions.Tests.HttpClients;

/// <summary>Looks at the primary handler that the factory makes for a client.</summary>
internal static class Primary
{
    private static readonly ServiceProviderOptions s_strict = new() { ValidateOnBuild = true, ValidateScopes = true };

    public static ServiceProvider Build(Action<IServiceCollection> configure)
    {
        ServiceCollection services = new();
        configure(services);
        return services.BuildServiceProvider(s_strict);
    }

    public static HttpMessageHandler Of(IServiceProvider provider, string client = "client") =>
        PrimaryHandler.Find(provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(client)).Handler;

    /// <summary>The connector of a client, or <see langword="null"/> where connections are made otherwise.</summary>
    public static DnsConnector? ConnectorOf(IServiceProvider provider, string client = "client") =>
        (Of(provider, client) as SocketsHttpHandler)?.ConnectCallback?.Target as DnsConnector;

    /// <summary>Makes a handler anew, as the factory does when the life of one is over.</summary>
    public static HttpMessageHandler MakeAgain(IServiceProvider provider, string client = "client")
    {
        HttpMessageHandlerBuilder builder = provider.GetRequiredService<HttpMessageHandlerBuilder>();
        builder.Name = client;
        HttpClientFactoryOptions options = provider.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get(client);
        DnsHandlerFilter filter = provider.GetServices<IHttpMessageHandlerBuilderFilter>().OfType<DnsHandlerFilter>().Single();
        filter.Configure(handlers =>
        {
            foreach (Action<HttpMessageHandlerBuilder> action in options.HttpMessageHandlerBuilderActions)
            {
                action(handlers);
            }
        })(builder);
        return builder.PrimaryHandler;
    }
}

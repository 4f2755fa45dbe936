using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StubResolver;

namespace ReadmeExamples;

/// <summary>The blocks of README.md about applications, compiled; a test compares them.</summary>
public static class ApplicationExamples
{
    public static void AddToAllClients(HostApplicationBuilder builder)
    {
        #region AllClients
        builder.Services.AddDnsResolverForHttpClients();
        #endregion
    }

    public static void AddToSingleClients(HostApplicationBuilder builder)
    {
        #region SingleClients
        builder.Services.AddDnsResolver(builder.Configuration.GetSection("Dns"));
        builder.Services.AddHttpClient("search").UseDnsResolver(options => options.ConnectTimeout = TimeSpan.FromSeconds(3));
        builder.Services.AddHttpClient("webhooks").UseDnsResolver(options => options.AddressPolicy = DnsAddressPolicy.PublicOnly)
            .UseSocketsHttpHandler((handler, _) => handler.UseProxy = false); // a proxy would connect in the guard's place
        builder.Services.AddHttpClient("legacy").UseSystemDns();
        builder.Services.AddDnsWarmUp("search.example", "queue.example");
        #endregion
    }

    public static void Follow(HostApplicationBuilder builder)
    {
        #region FollowingClient
        builder.Services.AddHttpClient("orders").UseDnsFollowing();
        #endregion
    }

    public static void AddSecondResolver(HostApplicationBuilder builder)
    {
        #region KeyedResolver
        builder.Services.AddKeyedDnsResolver("cluster", options => options.Servers.Add(DnsServer.Parse("192.0.2.53")));
        builder.Services.AddHttpClient("inside").UseKeyedDnsResolver("cluster");
        #endregion
    }

    public static void AddHealthCheck(HostApplicationBuilder builder)
    {
        #region HealthCheck
        builder.Services.AddHealthChecks().AddDnsResolver();
        #endregion
    }
}

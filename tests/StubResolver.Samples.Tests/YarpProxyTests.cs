using ClientSamples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace StubResolver.Samples.Tests;

public sealed class YarpProxyTests : SampleTestBase
{
    [Fact]
    public async Task UseDnsResolver_DestinationWithAName_IsReachedThroughTheResolver()
    {
        LocalWebServer destination = Own(await LocalWebServer.StartAsync(application => application.Run(context => context.Response.WriteAsync("found"))));
        LocalWebServer proxy = Own(await LocalWebServer.StartAsync(
            application => application.MapReverseProxy(),
            add: services => services.AddReverseProxy()
                .LoadFromMemory([AllTo("cluster")], [Cluster("cluster", $"http://destination.test:{destination.Port}/")])
                .UseDnsResolver(Resolver)));
        Dns.AddAddress("destination.test", "127.0.0.1");
        using HttpClient client = new();

        string text = await client.GetStringAsync(new Uri($"http://127.0.0.1:{proxy.Port}/")).WaitAsync(Guard);

        text.Should().Be("found");
        Count("destination.test", DnsRecordType.A).Should().BePositive();
    }

    private static RouteConfig AllTo(string cluster) => new() { RouteId = "all", ClusterId = cluster, Match = new RouteMatch { Path = "{**all}" } };

    private static ClusterConfig Cluster(string id, string address) => new()
    {
        ClusterId = id,
        Destinations = new Dictionary<string, DestinationConfig> { ["only"] = new() { Address = address } },
    };
}

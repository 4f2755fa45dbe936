using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StubResolver;
using StubResolver.Testing;

namespace ReadmeExamples;

/// <summary>Runs the examples of README.md that need nothing but loopback.</summary>
public static class Program
{
    public static async Task Main()
    {
        await using DnsTestServer dns = DnsTestServer.Start().AddAddress("service.example", "127.0.0.1").AddAddress("db.example", "192.0.2.1")
            .AddAddress("search.example", "127.0.0.1").AddAddress("queue.example", "127.0.0.1");
        using OnePageServer web = new();

        await RunClientsAsync(dns, new Uri($"http://service.example:{web.Port}/"));
        await RunApplicationAsync(dns, new Uri($"http://search.example:{web.Port}/"));
        await (await TestExamples.TestAsync()).ResolveAddressesAsync("db.example");
        Console.WriteLine("tests: resolved");
    }

    private static async Task RunClientsAsync(DnsTestServer dns, Uri page)
    {
        await using DnsResolver resolver = new(new DnsResolverOptions { Servers = { dns.EndPoint } });
        using HttpClient following = ClientExamples.Follow(resolver);
        Console.WriteLine($"following client: {await following.GetStringAsync(page)}");

        try
        {
            await ClientExamples.AskAsync(resolver);
        }
        catch (DnsException e)
        {
            Console.WriteLine($"connector: {e.DnsError}"); // the server knows no mail.example
        }
    }

    private static async Task RunApplicationAsync(DnsTestServer dns, Uri page)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Dns:Servers:0"] = dns.EndPoint.ToString();
        ApplicationExamples.AddToAllClients(builder);
        ApplicationExamples.AddToSingleClients(builder);
        ApplicationExamples.Follow(builder);
        ApplicationExamples.AddSecondResolver(builder);
        ApplicationExamples.AddHealthCheck(builder);
        using IHost host = builder.Build();
        await host.StartAsync();

        HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        using HttpClient client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("search");

        Console.WriteLine($"health check: {health.Status}");
        Console.WriteLine($"client of the factory: {await client.GetStringAsync(page)}");
        await host.StopAsync();
    }
}

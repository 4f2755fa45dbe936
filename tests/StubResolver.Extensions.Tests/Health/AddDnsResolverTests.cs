using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using StubResolver.Testing;

namespace StubResolver.Extensions.Tests.Health;

public class AddDnsResolverTests
{
    [Fact]
    public async Task CheckHealthAsync_ServerSaysThereIsNoSuchName_IsHealthyAndAskedEachTime()
    {
        await using DnsTestServer server = DnsTestServer.Start();
        await using ServiceProvider provider = Build(server, checks => checks.AddDnsResolver());

        HealthReportEntry first = await CheckAsync(provider);
        await CheckAsync(provider);

        first.Status.Should().Be(HealthStatus.Healthy);
        first.Description.Should().Be($"{server.EndPoint} answers.");
        server.Queries.Should().HaveCount(2, "what a server said before says nothing");
    }

    [Theory]
    [InlineData(null, HealthStatus.Unhealthy)]
    [InlineData(HealthStatus.Degraded, HealthStatus.Degraded)]
    public async Task CheckHealthAsync_ServerFails_IsWhatFailureIsWithTheReport(HealthStatus? failureStatus, HealthStatus expected)
    {
        await using DnsTestServer server = DnsTestServer.Start().On("service.example", (_, response) => response.Code(DnsResponseCode.ServerFailure));
        await using ServiceProvider provider = Build(server, checks => checks.AddDnsResolver("service.example", failureStatus: failureStatus));

        HealthReportEntry entry = await CheckAsync(provider);

        entry.Status.Should().Be(expected);
        entry.Exception.Should().BeOfType<DnsException>().Which.DnsError.Should().Be(DnsError.ServerFailure);
        entry.Description.Should().StartWith(entry.Exception!.Message).And.Contain($"{Environment.NewLine}{server.EndPoint} UDP A service.example: ServerFailure").And.NotContain(" at StubResolver");
    }

    [Fact]
    public async Task CheckHealthAsync_KeyedResolver_IsTheOneAsked()
    {
        ServiceCollection services = new();
        FakeDnsResolver keyed = new FakeDnsResolver().Fail("service.example", DnsError.Timeout);
        services.AddLogging().AddKeyedSingleton<IDnsResolver>("internal", keyed).AddHealthChecks().AddDnsResolver("service.example", "internal");
        await using ServiceProvider provider = services.BuildServiceProvider();

        (await CheckAsync(provider)).Status.Should().Be(HealthStatus.Unhealthy);
        keyed.CallCount("service.example").Should().Be(1);
    }

    private static ServiceProvider Build(DnsTestServer server, Action<IHealthChecksBuilder> add)
    {
        ServiceCollection services = new();
        services.AddLogging().AddDnsResolver(options => (options.Servers, options.Attempts) = ([server.EndPoint], 1));
        add(services.AddHealthChecks());
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider provider) =>
        (await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["dns"];
}

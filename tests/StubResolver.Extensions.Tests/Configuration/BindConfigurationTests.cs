using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.Tests.Configuration;

/// <summary>The plain binding of options, by reflection.</summary>
public class BindConfigurationTests
{
    [Fact]
    public void BindConfiguration_ServersTimesAndEnums_AreBound()
    {
        DnsResolverOptions options = Bind("""
            { "Dns": { "Servers": ["192.0.2.1", "tcp://[2001:db8::1]:5353"], "Mode": "system", "LookupTimeout": "00:00:07", "HedgeAfter": "00:00:00.5",
              "SearchDomains": ["a.example"], "UseCookies": false, "Cache": { "MaxStale": "1.00:00:00" } } }
            """);

        options.Servers.Select(server => server.ToString()).Should().Equal("192.0.2.1:53", "tcp://[2001:db8::1]:5353");
        (options.Mode, options.LookupTimeout, options.HedgeAfter, options.UseCookies, options.Cache.MaxStale).Should()
            .Be((DnsResolverMode.System, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(0.5), false, TimeSpan.FromDays(1)));
        options.SearchDomains.Should().Equal("a.example");
    }

    [Fact]
    public void BindConfiguration_UnreadableServers_AreReportedWithIndexAndText()
    {
        Action act = () => Bind("""{ "Dns": { "Servers": ["192.0.2.1", "dns.example", "53"] } }""");

        act.Should().Throw<OptionsValidationException>().Which.Failures.Should().SatisfyRespectively(
            first => first.Should().StartWith("DnsResolverOptions.Servers[1] 'dns.example' is not a DNS server: "),
            second => second.Should().StartWith("DnsResolverOptions.Servers[2] '53' is not a DNS server: "));
    }

    [Fact]
    public void BindConfiguration_OfANamedResolver_ReachesItsOptions()
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(Settings.Json("""{ "Internal": { "Servers": ["192.0.2.9"] } }"""));
        services.AddKeyedDnsResolver("internal").AddOptions<DnsResolverOptions>("internal").BindConfiguration("Internal");
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IOptionsMonitor<DnsResolverOptions>>().Get("internal").Servers.Should().ContainSingle()
            .Which.ToString().Should().Be("192.0.2.9:53");
    }

    private static DnsResolverOptions Bind(string json)
    {
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(Settings.Json(json));
        services.AddDnsResolver().AddOptions<DnsResolverOptions>().BindConfiguration("Dns");
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value;
    }
}

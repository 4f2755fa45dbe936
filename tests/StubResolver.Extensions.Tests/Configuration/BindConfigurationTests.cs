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
              "SearchDomains": ["a.example"], "UseCookies": true, "Cache": { "MaxStale": "1.00:00:00" } } }
            """);

        options.Servers.Select(server => server.ToString()).Should().Equal("192.0.2.1:53", "tcp://[2001:db8::1]:5353");
        (options.Mode, options.LookupTimeout, options.HedgeAfter, options.UseCookies, options.Cache.MaxStale).Should()
            .Be((DnsResolverMode.System, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(0.5), true, TimeSpan.FromDays(1)));
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

    [Theory]
    [InlineData("\"192.0.2.1\"", "192.0.2.1:53")]
    [InlineData("\"192.0.2.1, tcp://192.0.2.2 ,[2001:db8::1]:5353\"", "192.0.2.1:53 tcp://192.0.2.2:53 [2001:db8::1]:5353")]
    [InlineData("\"\"", "")]
    [InlineData("[]", "")]
    public void BindConfiguration_ServersInOneText_AreBound(string servers, string expected) =>
        string.Join(' ', Bind($$"""{ "Dns": { "Servers": {{servers}} } }""").Servers).Should().Be(expected);

    [Theory]
    [InlineData("""{ "Servers": null }""", "DnsResolverOptions.Servers must not be null; leave it empty for the system's servers.")]
    [InlineData("""{ "Servers": "dns.example" }""", "DnsResolverOptions.Servers[0] 'dns.example' is not a DNS server: *")]
    [InlineData("""{ "Servers": "192.0.2.1, 53" }""", "DnsResolverOptions.Servers[1] '53' is not a DNS server: *")]
    [InlineData("""{ "Servers": [""] }""", "DnsResolverOptions.Servers[0] '' is not a DNS server: *")]
    [InlineData("""{ "Servers": ["192.0.2.1 192.0.2.2"] }""", "DnsResolverOptions.Servers[0] '192.0.2.1 192.0.2.2' is not a DNS server: *")]
    [InlineData("""{ "Servers": [null] }""", "DnsResolverOptions.Servers[0] must not be null.")]
    [InlineData("""{ "SearchDomains": [""] }""", "DnsResolverOptions.SearchDomains[0] must not be empty.")]
    [InlineData("""{ "LookupTimeout": "10" }""", "DnsResolverOptions.LookupTimeout must be *, but is 10.00:00:00.")]
    [InlineData("""{ "LookupTimeout": "-00:00:05" }""", "DnsResolverOptions.LookupTimeout must be *, but is -00:00:05.")]
    [InlineData("""{ "HedgeAfter": "-00:00:05" }""", "DnsResolverOptions.HedgeAfter must be *, but is -00:00:05.")]
    [InlineData("""{ "Mode": "7" }""", "DnsResolverOptions.Mode must be one of Managed, System, Shadow, but is 7.")]
    [InlineData("""{ "Attempts": [1, 2] }""", "DnsResolverOptions.Attempts must be from 1 to 3, but is 0.")]
    [InlineData("""{ "Cache": { "MinTtl": "01:00:00", "MaxTtl": "00:01:00" } }""", "DnsResolverOptions.Cache.MinTtl must not be over Cache.MaxTtl *")]
    public void BindConfiguration_Mistake_IsReportedByValidation(string settings, string expected)
    {
        Action act = () => Bind($$"""{ "Dns": {{settings}} }""");

        act.Should().Throw<OptionsValidationException>().Which.Failures.Should().ContainSingle().Which.Should().Match(expected);
    }

    [Theory]
    [InlineData("Mode", "Manged")]
    [InlineData("Mode", "")]
    [InlineData("LookupTimeout", "")]
    [InlineData("LookupTimeout", "10s")]
    [InlineData("UseCookies", "yes")]
    [InlineData("Attempts", "three")]
    [InlineData("UdpPayloadSize", "")]
    [InlineData("Cache:PrefetchThreshold", "10%")]
    public void BindConfiguration_UnreadableValue_StopsTheBinderWithThePath(string key, string value)
    {
        Action act = () => Bind(new ConfigurationBuilder().AddInMemoryCollection([new("Dns:" + key, value), new("Dns:Ndots", "99")]).Build());

        act.Should().Throw<InvalidOperationException>().WithMessage($"*'{value}' at 'Dns:{key}'*");
    }

    [Theory]
    [InlineData("""{ "Dns": { "Servers": [{ "EndPoint": "192.0.2.1" }] } }""")]
    [InlineData("""{ "Dns": { "AttemptTimeout": "" } }""")]
    [InlineData("""{ "Dns": { "LookupTimeout": { "Value": "00:00:05" } } }""")]
    [InlineData("""{ "Dns": { "Retries": 3 } }""")]
    [InlineData("""{ "Dns": { "Cache": 5 } }""")]
    [InlineData("""{ "Dns": "192.0.2.1" }""")]
    public void BindConfiguration_WhatTheBinderDrops_IsReportedByTheOverloadAlone(string json)
    {
        Bind(json).Should().BeEquivalentTo(new DnsResolverOptions(), "nobody but the binder sees it; the README says so");
        Settings.Failures(Settings.Json(json).GetSection("Dns")).Should().ContainSingle();
    }

    [Fact]
    public void BindConfiguration_SearchDomainsInOneText_AreReadByTheOverloadAlone()
    {
        const string Json = """{ "Dns": { "SearchDomains": "a.example" } }""";

        (Bind(Json).SearchDomains, Settings.Read(Json).SearchDomains?.Single()).Should().Be((null, "a.example"));
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

    private static DnsResolverOptions Bind(string json) => Bind(Settings.Json(json));

    private static DnsResolverOptions Bind(IConfiguration configuration)
    {
        ServiceCollection services = new();
        services.AddSingleton(configuration);
        services.AddDnsResolver().AddOptions<DnsResolverOptions>().BindConfiguration("Dns");
        using ServiceProvider provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value;
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.Tests.Configuration;

public class ConfigurationMistakeTests
{
    [Fact]
    public async Task Start_SeveralMistakes_AreOneExceptionThatListsAll()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Dns:Servers:0"] = "192.0.2.1",
            ["Dns:Servers:1"] = "300.1.1.1",
            ["Dns:Servers:2"] = "",
            ["Dns:LookupTimeout"] = "10",
            ["Dns:AttemptTimeout"] = "-00:00:05",
            ["Dns:Mode"] = "Manged",
            ["Dns:Attempts"] = "99",
            ["Dns:Retries"] = "3",
            ["Dns:Cache:Capacity"] = "lots",
        });
        builder.Services.AddDnsResolver(builder.Configuration.GetSection("Dns"));
        using IHost host = builder.Build();

        Func<Task> act = () => host.StartAsync();

        (await act.Should().ThrowAsync<OptionsValidationException>()).Which.Failures.Should().BeEquivalentTo(
            "Dns:Servers:1 is '300.1.1.1', which is not a DNS server: write an address as in 10.0.0.10, 10.0.0.10:5353, [fd00::10]:53 or tcp://10.0.0.10.",
            "Dns:Servers:2 is empty; leave it out for the default.",
            "Dns:Mode is 'Manged', which is not one of Managed, System, Shadow.",
            "Dns:LookupTimeout is '10', which is a number without a unit, and would be days: write 00:00:10 for 10 seconds.",
            "Dns:AttemptTimeout is '-00:00:05', which is negative, and a time must not be.",
            "Dns:Cache:Capacity is 'lots', which is not a whole number.",
            "Dns has unknown keys: Retries; known are Servers, RotateServers, TrustAuthenticatedData, Mode, LookupTimeout, AttemptTimeout, Attempts, "
            + "AddressQueryOrder, SequentialPatience, IPv6, RequireBothFamilies, UseHostsFile, UseSearchList, SearchDomains, Ndots, UdpPayloadSize, "
            + "RandomizeCase, UseCookies, HedgeAfter, MaxConcurrentQueries, MaxTcpConnectionsPerServer, Cache.",
            "Dns:Attempts must be from 1 to 3, but is 99.");
    }

    [Theory]
    [InlineData("""{ "Dns": { "Servers": "" } }""", "Dns:Servers is empty; leave it out for the default.")]
    [InlineData("""{ "Dns": { "Servers": [] } }""", "Dns:Servers is empty; leave it out for the default.")]
    [InlineData("""{ "Dns": { "Servers": ["192.0.2.1 192.0.2.2"] } }""", "Dns:Servers:0 is '192.0.2.1 192.0.2.2', which is not a DNS server*")]
    [InlineData("""{ "Dns": { "Servers": "192.0.2.1, 53" } }""", "Dns:Servers is '53', which is not a DNS server*")]
    [InlineData("""{ "Dns": { "Servers": [{ "EndPoint": "192.0.2.1" }] } }""", "Dns:Servers:0 must be a text.")]
    [InlineData("""{ "Dns": { "Servers": ["0.0.0.0"] } }""", "Dns:Servers:0 '0.0.0.0:53' is the unspecified address*")]
    [InlineData("""{ "Dns": { "Servers": ["192.0.2.1", "192.0.2.1"] } }""", "Dns:Servers:1 '192.0.2.1:53' is there twice.")]
    [InlineData("""{ "Dns": { "Servers": "192.0.2.1, 0.0.0.0" } }""", "Dns:Servers '0.0.0.0:53' is the unspecified address*")]
    [InlineData("""{ "Dns": { "LookupTimeout": "00:20:00" } }""", "Dns:LookupTimeout must be *, but is 00:20:00.")]
    [InlineData("""{ "Dns": { "LookupTimeout": "00:00:00" } }""", "Dns:LookupTimeout must be *, but is 00:00:00.")]
    [InlineData("""{ "Dns": { "SearchDomains": ["a..b"] } }""", "Dns:SearchDomains:0 *a..b*")]
    [InlineData("""{ "Dns": { "Cache": { "PrefetchThreshold": 2 } } }""", "Dns:Cache:PrefetchThreshold must be from 0 to 0.9, but is 2.")]
    [InlineData("""{ "Dns": { "Cache": { "MinTtl": "01:00:00", "MaxTtl": "00:01:00" } } }""",
        "Dns:Cache:MinTtl must not be over Dns:Cache:MaxTtl (00:01:00), but is 01:00:00.")]
    [InlineData("""{ "Dns": { "Cache": { "FailureTtl": "00:01:00" } } }""",
        "Dns:Cache:FailureTtl must not be over Cache.MaxFailureTtl (00:00:30), but is 00:01:00.")]
    [InlineData("""{ "Dns": { "Cache": { "MaxFailureTtl": "00:00:00" } } }""",
        "DnsResolverOptions.Cache.FailureTtl must not be over Dns:Cache:MaxFailureTtl (00:00:00), but is 00:00:01.")]
    [InlineData("""{ "Dns": { "Mode": " " } }""", "Dns:Mode is empty; leave it out for the default.")]
    [InlineData("""{ "Dns": { "Mode": { "Value": "Managed" } } }""", "Dns:Mode must be a single value, but has keys below it.")]
    [InlineData("""{ "Dns": { "Attempts": [1, 2] } }""", "Dns:Attempts must be a single value, but has keys below it.")]
    [InlineData("""{ "Dns": [] }""", "Dns is empty, but must be a section with keys of its own.")]
    [InlineData("""{ "Dns": "" }""", "Dns is empty, but must be a section with keys of its own.")]
    [InlineData("""{ "Dns": { "Cache": [] } }""", "Dns:Cache is empty, but must be a section with keys of its own.")]
    [InlineData("""{ "Dns": { "SearchDomains": " " } }""", "Dns:SearchDomains is empty; leave it out for the default.")]
    [InlineData("""{ "Dns": { "Cache": 5 } }""", "Dns:Cache is '5', but must be a section with keys of its own.")]
    [InlineData("""{ "Dns": { "Cache": { "Size": 5 } } }""", "Dns:Cache has unknown keys: Size; known are Capacity, *PrefetchThreshold.")]
    [InlineData("""{ "Dns": { "SequentialPatience": "-00:00:01" } }""", "Dns:SequentialPatience is '-00:00:01', which is negative*")]
    [InlineData("""{ "Dns": { "SearchDomains": ["a.example", ""] } }""", "Dns:SearchDomains:1 is empty*")]
    [InlineData("""{ "Dns": { "UseCookies": "on" } }""", "Dns:UseCookies is 'on', which is neither true nor false.")]
    [InlineData("""{ "Dns": { "LoggerFactory": "console" } }""", "Dns has unknown keys: LoggerFactory*")]
    public void AddDnsResolver_OneMistake_IsSaidInWords(string json, string expected) =>
        Settings.Failures(Settings.Json(json).GetSection("Dns")).Should().ContainSingle().Which.Should().Match(expected);

    [Fact]
    public void AddDnsResolver_ValueIsInRangeOnlyBesideAnotherStep_IsNoMistake()
    {
        ServiceCollection services = new();
        services.AddDnsResolver(Settings.Json("""{ "Cache": { "FailureTtl": "00:01:00" } }"""))
            .AddDnsResolver(options => options.Cache.MaxFailureTtl = TimeSpan.FromMinutes(2));
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value.Cache.FailureTtl.Should().Be(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void AddDnsResolver_UnusableServerBehindAnUnreadableOne_HasThePathOfItsOwnItem() =>
        Settings.Failures(Settings.Json("""{ "Dns": { "Servers": ["dns.example", "0.0.0.0"] } }""").GetSection("Dns")).Should().SatisfyRespectively(
            unusable => unusable.Should().StartWith("Dns:Servers:1 '0.0.0.0:53' is the unspecified address"),
            unreadable => unreadable.Should().StartWith("Dns:Servers:0 is 'dns.example', which is not a DNS server"));

    [Fact]
    public void AddDnsResolver_MistakeOfACallback_IsNamedByItsProperty()
    {
        ServiceCollection services = new();
        services.AddDnsResolver(Settings.Json("""{ "Attempts": 2 }""")).AddDnsResolver(options => options.Ndots = 99);
        using ServiceProvider provider = services.BuildServiceProvider();

        Action act = () => _ = provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value;

        act.Should().Throw<OptionsValidationException>().Which.Failures.Should().Equal("DnsResolverOptions.Ndots must be from 0 to 15, but is 99.");
    }

    [Fact]
    public void AddDnsResolver_SectionIsOneValue_IsAMistake() => Settings.Failures(Settings.Json("""{ "Dns": "192.0.2.1" }""").GetSection("Dns"))
        .Should().ContainSingle().Which.Should().Be("Dns is '192.0.2.1', but must be a section with keys of its own.");

    [Fact]
    public void AddDnsResolver_ArrayInOneSourceAndTextInAnother_IsAMistake() =>
        Settings.Failures(Settings.Json("""{ "Servers": ["192.0.2.1"] }""", """{ "Servers": "192.0.2.2" }"""))
            .Should().ContainSingle().Which.Should().StartWith("Servers is '192.0.2.2' and an array at once");

    [Fact]
    public void AddDnsResolver_TheRootOfTheApplication_AsksForASection()
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Enumerable.Range(0, 50).Select(i => KeyValuePair.Create($"Key{i:00}", (string?)"value"))).Build();

        Settings.Failures(configuration).Should().ContainSingle()
            .Which.Should().Match("The root of the configuration (pass a section of it?) has unknown keys: Key00, *, Key09 and 40 more; known are *");
    }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.Tests.Configuration;

public class AddDnsResolverTests
{
    private const string EveryOption = """
        { "Dns": {
          "Servers": ["192.0.2.1", "tcp://[2001:db8::1]:5353"], "Mode": "shadow", "LookupTimeout": "00:00:07", "AttemptTimeout": "00:00:02",
          "Attempts": 2, "AddressQueryOrder": "Parallel", "SequentialPatience": "00:00:00.1", "IPv6": "Never", "RequireBothFamilies": true,
          "UdpPayloadSize": 1400, "RandomizeCase": true, "UseHostsFile": false, "UseSearchList": false, "UseCookies": true, "RotateServers": true,
          "TrustAuthenticatedData": true, "SearchDomains": ["a.example", "b.example"], "Ndots": 3, "HedgeAfter": "00:00:00.5",
          "MaxConcurrentQueries": 64, "MaxTcpConnectionsPerServer": 2,
          "Cache": {
            "Capacity": 500, "MinTtl": "00:00:01", "MaxTtl": "01:00:00", "MaxNegativeTtl": "00:01:00", "FailureTtl": "00:00:02",
            "MaxFailureTtl": "00:00:20", "MaxStale": "1.00:00:00", "PrefetchThreshold": 0.25 } } }
        """;

    private static readonly string[] s_services =
        [nameof(DnsResolverOptions.TimeProvider), nameof(DnsResolverOptions.LoggerFactory), nameof(DnsResolverOptions.MeterFactory)];

    [Theory]
    [InlineData("""{ "Dns": { "SearchDomains": [] } }""")]
    [InlineData("""{ "Dns": { "SearchDomains": "" } }""")]
    public void AddDnsResolver_NoSearchDomains_MeansNoneAndNotTheSystems(string json) => Settings.Read(json).SearchDomains.Should().NotBeNull().And.BeEmpty();

    [Fact]
    public void AddDnsResolver_EveryOption_IsReadAsTheBinderReadsIt()
    {
        DnsResolverOptions bound = Settings.Json(EveryOption).GetSection("Dns").Get<DnsResolverOptions>()!;

        Settings.Read(EveryOption).Should().BeEquivalentTo(bound, options => options.Excluding(read => read.DescribeSetting));
    }

    [Fact]
    public void AddDnsResolver_EveryOption_IsInTheTestAbove()
    {
        DnsResolverOptions read = Settings.Read(EveryOption);
        DnsResolverOptions plain = new();

        IEnumerable<string> unread = typeof(DnsResolverOptions).GetProperties().Where(option => Equals(option.GetValue(read), option.GetValue(plain)))
            .Concat(typeof(DnsCacheOptions).GetProperties().Where(option => Equals(option.GetValue(read.Cache), option.GetValue(plain.Cache))))
            .Select(option => option.Name);

        unread.Should().BeEquivalentTo(s_services);
        (read.Servers.Count, read.SearchDomains?.Count).Should().Be((2, 2));
    }

    [Theory]
    [InlineData("""{ "Dns": { "Servers": "192.0.2.1" } }""", "192.0.2.1:53")]
    [InlineData("""{ "Dns": { "Servers": "192.0.2.1, tcp://192.0.2.2 ,[2001:db8::1]:5353" } }""", "192.0.2.1:53 tcp://192.0.2.2:53 [2001:db8::1]:5353")]
    [InlineData("""{ "dns": { "SERVERS": " 192.0.2.1  192.0.2.2 " } }""", "192.0.2.1:53 192.0.2.2:53")]
    [InlineData("""{ "Dns": { "Servers": null, "Cache": {} } }""", "")]
    [InlineData("""{ "Dns": {} }""", "")]
    [InlineData("""{ }""", "")]
    public void AddDnsResolver_ServersInAnyForm_AreRead(string json, string expected) =>
        string.Join(' ', Settings.Read(json).Servers).Should().Be(expected);

    [Fact]
    public void AddDnsResolver_Null_LeavesTheDefault() => Settings.Read("""{ "Dns": { "HedgeAfter": null, "LookupTimeout": null } }""")
        .Should().BeEquivalentTo(new DnsResolverOptions(), options => options.Excluding(read => read.DescribeSetting)); // knows the section

    [Fact]
    public void AddDnsResolver_InfinitePatience_IsRead() =>
        Settings.Read("""{ "Dns": { "SequentialPatience": "Infinite" } }""").SequentialPatience.Should().Be(Timeout.InfiniteTimeSpan);

    [Fact]
    public void AddDnsResolver_TheRootOfAFileOfItsOwn_IsRead() =>
        Settings.Read(Settings.Json("""{ "Attempts": 2 }""")).Attempts.Should().Be(2);

    [Fact]
    public void AddDnsResolver_ServersInTwoSteps_AreThoseOfTheLastOne()
    {
        ServiceCollection services = new();
        services.AddDnsResolver(options => options.Servers.Add(DnsServer.Parse("192.0.2.1"))).AddDnsResolver(Settings.Json("""{ "Servers": "192.0.2.2" }"""));
        using ServiceProvider provider = services.BuildServiceProvider();

        provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value.Servers.Should().Equal(DnsServer.Parse("192.0.2.2"));
    }

    [Fact]
    public void AddDnsResolver_MixedWithCallbacks_StepsRunInTheOrderOfTheCalls()
    {
        ServiceCollection services = new();
        services.AddDnsResolver(options => (options.Attempts, options.Ndots) = (1, 1))
            .AddDnsResolver(Settings.Json("""{ "Attempts": 2, "MaxConcurrentQueries": 2 }"""))
            .AddDnsResolver(options => options.MaxConcurrentQueries = 3);
        using ServiceProvider provider = services.BuildServiceProvider();

        DnsResolverOptions options = provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value;

        (options.Ndots, options.Attempts, options.MaxConcurrentQueries).Should().Be((1, 2, 3));
    }

    [Fact]
    public void AddDnsResolver_KeyedResolverBeside_IsNotTouched()
    {
        ServiceCollection services = new();
        services.AddDnsResolver(Settings.Json("""{ "Attempts": "many" }""")).AddKeyedDnsResolver("key");
        using ServiceProvider provider = services.BuildServiceProvider();

        DnsResolverOptions options = provider.GetRequiredService<IOptionsMonitor<DnsResolverOptions>>().Get("key");

        options.Attempts.Should().BeNull();
    }

    [Fact]
    public void AddDnsResolver_TwoConfigurations_EachSettingHasThePathOfTheLastOneThatSetsIt()
    {
        ServiceCollection services = new();
        services.AddDnsResolver(Settings.Json("""{ "One": { "Attempts": 2, "Ndots": 2, "Servers": ["192.0.2.1", "192.0.2.2"] } }""").GetSection("One"))
            .AddDnsResolver(Settings.Json("""{ "Two": { "Attempts": 3, "Servers": "192.0.2.3" } }""").GetSection("Two"));
        using ServiceProvider provider = services.BuildServiceProvider();

        Func<string, string?> describe = provider.GetRequiredService<IOptions<DnsResolverOptions>>().Value.DescribeSetting!;

        (describe("Attempts"), describe("Ndots"), describe("Servers[0]"), describe("Mode")).Should().Be(("Two:Attempts", "One:Ndots", "Two:Servers", null));
    }

    [Fact]
    public void AddDnsResolver_NullArguments_Throw()
    {
        ServiceCollection services = new();

        services.Invoking(s => s.AddDnsResolver((IConfiguration)null!)).Should().Throw<ArgumentNullException>();
        services.Invoking(s => ((IServiceCollection)null!).AddDnsResolver(Settings.Json("{}"))).Should().Throw<ArgumentNullException>();
    }
}

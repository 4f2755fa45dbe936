using System.Net;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using StubResolver.Testing;
using StubResolver.Tests.Diagnostics;

namespace StubResolver.Tests.Scenarios;

public sealed class ModeTests : ScenarioTestBase
{
    private readonly FakeLogCollector _logs = new();

    [Fact]
    public async Task ResolveAddressesAsync_SystemMode_AsksTheOperatingSystem()
    {
        DnsTestServer server = StartServer().AddAddress("localhost", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.Mode = DnsResolverMode.System, server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("localhost");

        answer.Records.Should().NotBeEmpty().And.OnlyContain(record => IPAddress.IsLoopback(record.Address) && record.Ttl == TimeSpan.Zero);
        server.Queries.Should().BeEmpty();
    }

    [Fact]
    public async Task QueryAsync_SystemMode_StaysManaged()
    {
        DnsTestServer server = StartServer().AddRecord(new DnsTxtRecord("a.test", TimeSpan.FromMinutes(1), ["hello"]));
        DnsResolver resolver = CreateResolver(options => options.Mode = DnsResolverMode.System, server);

        DnsAnswer<DnsTxtRecord> answer = await resolver.ResolveTxtAsync("a.test");

        answer.Records.Should().ContainSingle();
        server.Queries.Should().ContainSingle();
    }

    [Theory]
    [InlineData(DnsResolverMode.Managed, "Managed mode, by default")]
    [InlineData(DnsResolverMode.Shadow, "Shadow mode, by the options")]
    public void Constructor_AnyMode_LogsWhichAndWhy(DnsResolverMode mode, string expected)
    {
        CreateResolver(options => (options.Mode, options.LoggerFactory) = (mode, CreateLoggerFactory()), StartServer());

        _logs.GetSnapshot().Should().ContainSingle(log => log.Message.Contains(expected));
    }

    [Fact]
    public void Constructor_ServersOfTheSystem_LogsWhatItGoesBy()
    {
        Host.ResolvConf = "nameserver 192.0.2.1\nnameserver 2001:db8::53\nsearch a.test b.test\noptions ndots:2 use-vc";

        CreateResolver(options => (options.Servers, options.LoggerFactory, options.DescribeSetting) = ([], CreateLoggerFactory(), setting => setting == "" ? "Dns" : null));

        _logs.GetSnapshot().Should().ContainSingle(log => log.Level == LogLevel.Information).Which.Message.Should().Be(
            "Address lookups are answered in Managed mode, by default; servers: tcp://192.0.2.1:53, tcp://[2001:db8::53]:53 (/fake/resolv.conf); "
            + "search list: a.test b.test, ndots 2; budget of a lookup: 10000 ms; configuration section: Dns.");
    }

    [Fact]
    public void Constructor_ServersOfTheOptions_LogsWhatItGoesBy()
    {
        DnsTestServer server = StartServer();

        CreateResolver(options => (options.LoggerFactory, options.UseSearchList) = (CreateLoggerFactory(), false), server);

        _logs.GetSnapshot().Should().ContainSingle(log => log.Level == LogLevel.Information).Which.Message.Should()
            .Contain($"servers: {server.EndPoint} (the options); search list: off, ndots 1;").And.EndWith("configuration section: none.");
    }

    [Theory]
    [InlineData("system", "Information: *System mode, by STUBRESOLVER_MODE*")]
    [InlineData("Shadow", "Information: *Shadow mode, by STUBRESOLVER_MODE*")]
    [InlineData("nonsense", "Warning: *STUBRESOLVER_MODE*nonsense*")]
    [InlineData("nonsense", "Information: *Managed mode, by the options*")]
    public async Task Constructor_ModeInTheEnvironment_WinsAndIsLogged(string mode, string expected)
    {
        string[] log = await ProcessOfItsOwn.RunAsync("STUBRESOLVER_MODE", mode, ["construct"]);

        log.Should().ContainMatch(expected);
    }

    [Fact]
    public async Task ResolveAddressesAsync_SystemMode_KeepsNothing()
    {
        DnsResolver resolver = CreateResolver(options => options.Mode = DnsResolverMode.System, StartServer());

        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync("localhost");
        DnsAnswer<DnsAddressRecord> second = await resolver.ResolveAddressesAsync("localhost");

        second.Should().NotBeSameAs(first);
        first.ExpiresAt.Should().Be(Time.GetUtcNow());
    }

    [Fact]
    public async Task ResolveAddressesAsync_ShadowMode_AnswersWithTheSystemAndTellsOfDifferences()
    {
        DnsTestServer server = StartServer();
        Host.Hosts = "192.0.2.1 localhost";
        using TestMeterFactory meters = new();
        DnsResolver resolver = CreateResolver(
            options => (options.Mode, options.LoggerFactory, options.MeterFactory) = (DnsResolverMode.Shadow, CreateLoggerFactory(), meters), server);
        using MetricCollector<long> comparisons = new(meters, "StubResolver", "stubresolver.shadow.comparisons");

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("localhost");
        await comparisons.WaitForMeasurementsAsync(1, Guard);

        answer.Records.Should().OnlyContain(record => IPAddress.IsLoopback(record.Address));
        comparisons.GetMeasurementSnapshot().Should().ContainSingle().Which.Tags.Should().Contain("result", "addresses");
        _logs.GetSnapshot().Should().ContainSingle(log => log.Level == LogLevel.Warning && log.Message.Contains("192.0.2.1"));
    }

    private LoggerFactory CreateLoggerFactory() => new([new FakeLoggerProvider(_logs)]);
}

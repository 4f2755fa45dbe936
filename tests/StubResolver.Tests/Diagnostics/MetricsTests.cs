using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Diagnostics;

public sealed class MetricsTests : ScenarioTestBase
{
    private readonly TestMeterFactory _meters;

    public MetricsTests() => _meters = Track(new TestMeterFactory());

    [Fact]
    public async Task LookupDuration_Success_HasTheNameAndNoError()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using MetricCollector<double> durations = new(_meters, "StubResolver", "dns.lookup.duration");

        await resolver.ResolveAddressesAsync("a.test");

        CollectedMeasurement<double> measurement = durations.GetMeasurementSnapshot().Should().ContainSingle().Subject;
        measurement.Tags.Should().Equal(new Dictionary<string, object?> { ["dns.question.name"] = "a.test" }, "success is no error");
        durations.Instrument!.Unit.Should().Be("s");
    }

    [Theory]
    [InlineData(DnsResponseCode.NxDomain, "host_not_found")]
    [InlineData(DnsResponseCode.Refused, "try_again")]
    public async Task LookupDuration_Failure_HasTheRuntimesErrorType(DnsResponseCode code, string expected)
    {
        DnsTestServer server = StartServer().On("a.test", (_, response) => response.Code(code));
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using MetricCollector<double> durations = new(_meters, "StubResolver", "dns.lookup.duration");

        Func<Task> resolve = () => resolver.ResolveAddressesAsync("a.test").AsTask();
        await resolve.Should().ThrowAsync<DnsException>();

        durations.GetMeasurementSnapshot().Should().ContainSingle().Which.Tags.Should().Contain("error.type", expected);
    }

    [Fact]
    public async Task LookupDuration_Cancelled_HasTheExceptionsType()
    {
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, StartSilentServer());
        using MetricCollector<double> durations = new(_meters, "StubResolver", "dns.lookup.duration");
        using CancellationTokenSource caller = new();
        Task lookup = resolver.ResolveAddressesAsync("a.test", caller.Token).AsTask();

        await caller.CancelAsync();
        await lookup.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();

        durations.GetMeasurementSnapshot().Should().ContainSingle().Which.Tags.Should().Contain("error.type", "System.OperationCanceledException");
    }

    [Fact]
    public async Task QueryDuration_EachQuery_TellsServerTransportTypeAndCode()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using MetricCollector<double> durations = new(_meters, "StubResolver", "stubresolver.query.duration");

        await resolver.ResolveAddressesAsync("a.test");

        durations.GetMeasurementSnapshot().Should().HaveCount(2).And.OnlyContain(measurement =>
            (string)measurement.Tags["server.address"]! == "127.0.0.1"
            && (int)measurement.Tags["server.port"]! == server.EndPoint.Port
            && (string)measurement.Tags["network.transport"]! == "udp"
            && (string)measurement.Tags["dns.response.code"]! == "NoError"
            && !measurement.Tags.ContainsKey("error.type"));
        durations.Instrument!.Unit.Should().Be("s");
        durations.GetMeasurementSnapshot().Select(measurement => measurement.Tags["dns.question.type"]).Should().BeEquivalentTo(["A", "AAAA"]);
    }

    [Fact]
    public async Task CacheRequests_MissHitAndNegative_AreCountedByResult()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using MetricCollector<long> requests = new(_meters, "StubResolver", "stubresolver.cache.requests");

        await resolver.ResolveAddressesAsync("a.test");
        await resolver.ResolveAddressesAsync("a.test");
        await FailAsync(resolver, "b.test");
        await FailAsync(resolver, "b.test");

        requests.GetMeasurementSnapshot().Select(measurement => measurement.Tags["result"]).Should().Equal("miss", "hit", "miss", "negative_hit");
    }

    [Fact]
    public async Task Gauges_AfterALookup_TellCachedNamesAndNothingInFlight()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using MetricCollector<long> names = new(_meters, "StubResolver", "stubresolver.cache.names");
        using MetricCollector<long> inFlight = new(_meters, "StubResolver", "stubresolver.questions.in_flight");

        await resolver.ResolveAddressesAsync("a.test");
        names.RecordObservableInstruments();
        inFlight.RecordObservableInstruments();

        names.LastMeasurement!.Value.Should().Be(1);
        inFlight.LastMeasurement!.Value.Should().Be(0);
    }

    [Fact]
    public async Task TcpFallbacksAndConnections_TruncatedResponse_AreCounted()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        server.On("a.test", DnsRecordType.A, (query, response) =>
        {
            if (query.Protocol == DnsProtocol.Udp)
            {
                response.Truncate();
            }
        });
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using MetricCollector<long> fallbacks = new(_meters, "StubResolver", "stubresolver.tcp.fallbacks");
        using MetricCollector<long> connections = new(_meters, "StubResolver", "stubresolver.tcp.connections");

        await resolver.ResolveAddressesAsync("a.test");
        connections.RecordObservableInstruments();

        fallbacks.GetMeasurementSnapshot().Should().ContainSingle();
        connections.LastMeasurement!.Value.Should().Be(1);
    }

    [Fact]
    public async Task Reloads_ChangedResolvConf_AreCounted()
    {
        Host.ResolvConf = "nameserver 127.0.0.1";
        CreateResolver(options => options.MeterFactory = _meters);
        using MetricCollector<long> reloads = new(_meters, "StubResolver", "stubresolver.configuration.reloads");

        Host.ResolvConf = "nameserver 127.0.0.2";
        Time.Advance(TimeSpan.FromSeconds(5));
        await reloads.WaitForMeasurementsAsync(1, Guard);

        reloads.GetMeasurementSnapshot().Should().ContainSingle();
    }

    private static async Task FailAsync(DnsResolver resolver, string name)
    {
        Func<Task> resolve = () => resolver.ResolveAddressesAsync(name).AsTask();
        await resolve.Should().ThrowAsync<DnsException>();
    }
}

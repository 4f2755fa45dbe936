using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Diagnostics;

/// <summary>What the duration of each query tells, of those too that fail.</summary>
public sealed class QueryDurationTests : ScenarioTestBase
{
    private const string Name = "a.test";

    private readonly TestMeterFactory _meters;

    public QueryDurationTests() => _meters = Track(new TestMeterFactory());

    [Theory]
    [InlineData(DnsResponseCode.NxDomain, "udp A NxDomain")]
    [InlineData(DnsResponseCode.ServerFailure, "udp A ServerFailure ServerFailure")]
    [InlineData(DnsResponseCode.Refused, "udp A Refused Refused")]
    [InlineData(DnsResponseCode.NotImplemented, "udp A NotImplemented ServerFailure")]
    public async Task QueryDuration_ResponseCode_IsToldAndIsAnErrorWhereTheServerFailed(DnsResponseCode code, string expected)
    {
        DnsTestServer server = StartServer().On(Name, (_, response) => response.Code(code));

        IReadOnlyList<string> queries = await MeasureAsync(server.EndPoint, 1);

        queries[0].Should().Be(expected);
    }

    [Fact]
    public async Task QueryDuration_NoReply_IsATimeoutWithoutACode()
    {
        IReadOnlyList<string> queries = await MeasureAsync(StartSilentServer().EndPoint, 1, TimeSpan.FromMilliseconds(50));

        queries[0].Should().Be("udp A Timeout");
    }

    [Fact]
    public async Task QueryDuration_TcpServer_SaysTcp()
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1");

        IReadOnlyList<string> queries = await MeasureAsync(new DnsServer(server.EndPoint, DnsProtocol.Tcp), 1);

        queries.Should().Equal("tcp A NoError");
    }

    [Fact]
    public async Task QueryDuration_TruncatedReply_IsAQueryOfEachTransport()
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1").On(Name, (_, response) => response.Truncate());

        IReadOnlyList<string> queries = await MeasureAsync(server.EndPoint, 2);

        queries.Should().Equal("udp A NoError", "tcp A NoError");
    }

    // The clock stands unless a step is given: what has a reply must not time out.
    private async Task<IReadOnlyList<string>> MeasureAsync(DnsServer server, int count, TimeSpan step = default)
    {
        DnsResolver resolver = CreateResolver(options => (options.MeterFactory, options.Servers) = (_meters, [server]));
        using MetricCollector<double> durations = new(_meters, "StubResolver", "stubresolver.query.duration");
        Task lookup = resolver.QueryAsync(Name, DnsRecordType.A).AsTask();
        using CancellationTokenSource guard = new(Guard);
        while (durations.GetMeasurementSnapshot().Count < count)
        {
            Time.Advance(step);
            await Task.Delay(1, guard.Token);
        }

        await resolver.DisposeAsync();
        await lookup.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. durations.GetMeasurementSnapshot().Select(Describe)];
    }

    private static string Describe(CollectedMeasurement<double> measurement)
    {
        string[] tags = ["network.transport", "dns.question.type", "dns.response.code", "error.type"];
        return string.Join(' ', tags.Where(measurement.Tags.ContainsKey).Select(tag => measurement.Tags[tag]));
    }
}

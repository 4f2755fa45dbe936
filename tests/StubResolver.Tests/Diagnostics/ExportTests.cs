using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Diagnostics;

/// <summary>What OpenTelemetry's exporters get.</summary>
public sealed class ExportTests : ScenarioTestBase
{
    private static readonly double[] s_buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, double.PositiveInfinity];

    [Fact]
    public async Task LookupDuration_SuccessAndFailure_AreTwoSeriesAndOneHasAnError()
    {
        List<Metric> metrics = [];
        TestMeterFactory meters = Track(new TestMeterFactory());
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = meters, StartServer().AddAddress("exported.test", "192.0.2.1"));
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder().AddMeter("StubResolver")
            .AddView(instrument => instrument.Meter.Scope == meters ? null : MetricStreamConfiguration.Drop) // other tests run beside this one
            .AddInMemoryExporter(metrics).Build();

        await resolver.ResolveAddressesAsync("exported.test");
        Func<Task> resolve = () => resolver.ResolveAddressesAsync("missing.exported.test").AsTask();
        await resolve.Should().ThrowAsync<DnsException>();
        provider.ForceFlush();

        Metric duration = metrics.Single(metric => metric.Name == "dns.lookup.duration");
        (duration.Unit, duration.MetricType).Should().Be(("s", MetricType.Histogram));
        Describe(duration).Should().BeEquivalentTo(
            "1 lookup: dns.question.name=exported.test", "1 lookup: dns.question.name=missing.exported.test error.type=host_not_found");
        Buckets(duration).Should().Equal(s_buckets);
    }

    [Fact]
    public async Task Activity_SuccessAndFailure_TellNameAnswersAndErrors()
    {
        List<Activity> activities = [];
        DnsTestServer server = StartServer().AddAddress("exported.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(server);
        using (TracerProvider provider = Sdk.CreateTracerProviderBuilder().AddSource("StubResolver").AddInMemoryExporter(activities).Build())
        {
            await resolver.ResolveAddressesAsync("exported.test");
            Func<Task> resolve = () => resolver.ResolveAddressesAsync("missing.exported.test").AsTask();
            await resolve.Should().ThrowAsync<DnsException>();
        }

        // Other tests run beside this one, and the source is one for all.
        Activity success = activities.Single(activity => (string?)activity.GetTagItem("dns.question.name") == "exported.test");
        Activity failure = activities.Single(activity => (string?)activity.GetTagItem("dns.question.name") == "missing.exported.test");
        success.Status.Should().Be(ActivityStatusCode.Unset);
        success.GetTagItem("error.type").Should().BeNull();
        success.GetTagItem("dns.answers").Should().BeOfType<string[]>().Which.Should().Equal("192.0.2.1");
        success.Kind.Should().Be(ActivityKind.Client);
        failure.Status.Should().Be(ActivityStatusCode.Error);
        failure.GetTagItem("error.type").Should().Be("host_not_found");
    }

    private static List<string> Describe(Metric metric)
    {
        List<string> series = [];
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            List<string> tags = [];
            foreach (KeyValuePair<string, object?> tag in point.Tags)
            {
                tags.Add($"{tag.Key}={tag.Value}");
            }

            series.Add($"{point.GetHistogramCount()} lookup: {string.Join(' ', tags.Order())}");
        }

        return series;
    }

    private static List<double> Buckets(Metric metric)
    {
        List<double> bounds = [];
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            bounds.Clear();
            foreach (HistogramBucket bucket in point.GetHistogramBuckets())
            {
                bounds.Add(bucket.ExplicitBound);
            }
        }

        return bounds;
    }
}

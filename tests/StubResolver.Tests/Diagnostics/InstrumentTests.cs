using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace StubResolver.Tests.Diagnostics;

/// <summary>What dashboards depend on: names, units and kinds.</summary>
public sealed class InstrumentTests : IDisposable
{
    private static readonly double[] s_buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

    private readonly TestMeterFactory _meters = new();
    private readonly List<Instrument> _instruments = [];

    public InstrumentTests()
    {
        using DnsResolver resolver = new(new DnsResolverOptions { MeterFactory = _meters });
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == _meters)
            {
                _instruments.Add(instrument);
            }
        };
        listener.Start();
    }

    public void Dispose() => _meters.Dispose();

    [Fact]
    public void Instruments_OfAResolver_HaveTheirNamesUnitsAndKinds() =>
        _instruments.Select(instrument => $"{instrument.Name} {instrument.Unit} {instrument.GetType().Name.Split('`')[0]}").Should().BeEquivalentTo(
            "dns.lookup.duration s Histogram",
            "stubresolver.query.duration s Histogram",
            "stubresolver.cache.requests {lookup} Counter",
            "stubresolver.cache.prefetches {refresh} Counter",
            "stubresolver.cache.evictions {name} Counter",
            "stubresolver.cache.names {name} ObservableUpDownCounter",
            "stubresolver.questions.in_flight {question} ObservableUpDownCounter",
            "stubresolver.questions.waiting {question} ObservableUpDownCounter",
            "stubresolver.datagrams.rejected {datagram} Counter",
            "stubresolver.tcp.fallbacks {query} Counter",
            "stubresolver.tcp.connections {connection} ObservableUpDownCounter",
            "stubresolver.configuration.reloads {reload} Counter",
            "stubresolver.shadow.comparisons {lookup} Counter",
            "stubresolver.shadow.duration s Histogram");

    [Fact]
    public void Instruments_OfAResolver_AreOfOneMeterAndDescribed() =>
        _instruments.Should().OnlyContain(instrument => instrument.Meter.Name == "StubResolver" && instrument.Description!.EndsWith('.'));

    [Fact]
    public void Histograms_Buckets_AreThoseThatOpenTelemetryRecommends() =>
        _instruments.OfType<Histogram<double>>().Should().HaveCount(3).And.OnlyContain(histogram =>
            histogram.Advice!.HistogramBucketBoundaries!.SequenceEqual(s_buckets));

    [Fact]
    public void Tags_OfEachInstrument_AreThese() => MeasuredTags.Read().Select(entry => $"{entry.Key}: {string.Join(' ', entry.Value)}".TrimEnd()).Should().BeEquivalentTo(
        "dns.lookup.duration: dns.question.name error.type",
        "stubresolver.query.duration: server.address server.port network.transport dns.question.type dns.response.code error.type",
        "stubresolver.cache.requests: result",
        "stubresolver.cache.prefetches:",
        "stubresolver.cache.evictions:",
        "stubresolver.cache.names:",
        "stubresolver.questions.in_flight:",
        "stubresolver.questions.waiting:",
        "stubresolver.datagrams.rejected: reason",
        "stubresolver.tcp.fallbacks:",
        "stubresolver.tcp.connections:",
        "stubresolver.configuration.reloads:",
        "stubresolver.shadow.comparisons: result",
        "stubresolver.shadow.duration: resolver");

    [Fact]
    public void Activity_OfALookup_HasItsNameAndTags()
    {
        Activity activity = ObservedActivity.Create();

        (activity.Source.Name, activity.OperationName).Should().Be(("StubResolver", "StubResolver.Lookup"));
        activity.TagObjects.Select(tag => tag.Key).Should().Equal("dns.question.name", "dns.question.type", "dns.answers", "error.type");
    }
}

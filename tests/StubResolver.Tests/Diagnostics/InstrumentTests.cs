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
}

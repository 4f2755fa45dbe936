using System.Diagnostics.Metrics;

namespace StubResolver.Diagnostics;

/// <summary>The buckets OpenTelemetry recommends for lookups.</summary>
internal static class DurationBuckets
{
    public static readonly InstrumentAdvice<double> Advice = new()
    {
        HistogramBucketBoundaries = new[] { 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10 },
    };
}

using System.Diagnostics.Metrics;
using StubResolver.Diagnostics;

namespace StubResolver.Tests.Diagnostics;

/// <summary>The tags of all instruments, from one measurement of each that has every tag it can have.</summary>
internal static class MeasuredTags
{
    /// <summary>Returns each instrument's name with its tags in order.</summary>
    public static Dictionary<string, string[]> Read()
    {
        using TestMeterFactory meters = new();
        ResolverMetrics metrics = new(meters);
        Dictionary<string, string[]> tags = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                tags[instrument.Name] = [];
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, measured, _) => Note(instrument, measured));
        listener.SetMeasurementEventCallback<long>((instrument, _, measured, _) => Note(instrument, measured));
        listener.Start();

        MeasureAll(metrics);
        listener.RecordObservableInstruments();
        GC.KeepAlive(metrics);
        return tags;

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> measured)
        {
            foreach (KeyValuePair<string, object?> tag in measured)
            {
                tags[instrument.Name] = [.. tags[instrument.Name].Append(tag.Key).Distinct()];
            }
        }
    }

    private static void MeasureAll(ResolverMetrics metrics)
    {
        metrics.LookupEnded(TimeSpan.Zero, "a.test", "host_not_found");
        metrics.QueryEnded(TimeSpan.Zero, new QueryTags(DnsServer.Parse("192.0.2.1"), DnsProtocol.Udp, DnsRecordType.A, DnsResponseCode.Refused, DnsError.Refused));
        metrics.CacheUsed(CacheUse.Hit);
        metrics.Prefetched();
        metrics.Evicted(1);
        metrics.DatagramRejected(DatagramRejection.Mismatch);
        metrics.FellBackToTcp();
        metrics.ConfigurationReloaded();
        metrics.Compared("same");
        metrics.ComparedDurations(TimeSpan.Zero, TimeSpan.Zero);
    }
}

using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using BenchmarkDotNet.Attributes;
using StubResolver.Benchmarks.Responder;

namespace StubResolver.Benchmarks.Diagnostics;

/// <summary>What it costs to be listened to. Goal without a listener: 0 B for a hit.</summary>
[MemoryDiagnoser]
public class TelemetryBenchmarks
{
    private const string Source = "StubResolver";
    private const string Name = "service.load.test";

    private UdpResponder _udp = null!;
    private DnsResolver _cached = null!;
    private DnsResolver _uncached = null!;
    private IDisposable? _listener;

    [Params(TelemetryListenerKind.None, TelemetryListenerKind.Meter, TelemetryListenerKind.Activity)]
    public TelemetryListenerKind Listener { get; set; }

    [GlobalSetup]
    public async Task Setup()
    {
        _udp = new UdpResponder(new IPEndPoint(IPAddress.Loopback, 0));
        DnsResolverOptions cached = UncachedOptions.Create([_udp.EndPoint]);
        cached.Cache = new DnsCacheOptions { MinTtl = TimeSpan.FromDays(1), PrefetchThreshold = 0 };
        _cached = new DnsResolver(cached);
        _uncached = new DnsResolver(UncachedOptions.Create([_udp.EndPoint]));
        await _cached.ResolveAddressesAsync(Name);
        await _cached.QueryAsync(Name, DnsRecordType.A);
        _listener = Listen(Listener);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _listener?.Dispose();
        _cached.Dispose();
        _uncached.Dispose();
        _udp.Dispose();
    }

    [Benchmark]
    public bool AddressHit() => IsHit(_cached.ResolveAddressesAsync(Name));

    [Benchmark]
    public bool QueryHit() => IsHit(_cached.QueryAsync(Name, DnsRecordType.A));

    [Benchmark]
    public async Task<int> Uncached() => (await _uncached.ResolveAddressesAsync(Name)).Records.Count;

    private static bool IsHit<TAnswer>(ValueTask<TAnswer> lookup) =>
        lookup.IsCompletedSuccessfully ? true : throw new InvalidOperationException("Not a hit.");

    private static IDisposable? Listen(TelemetryListenerKind kind) => kind switch
    {
        TelemetryListenerKind.Meter => ListenToInstruments(),
        TelemetryListenerKind.Activity => ListenToActivities(),
        _ => null,
    };

    private static MeterListener ListenToInstruments()
    {
        MeterListener listener = new()
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Source)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => { });
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => { });
        listener.Start();
        return listener;
    }

    private static ActivityListener ListenToActivities()
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}

using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Interop.Tests.Servers;

namespace StubResolver.Interop.Tests;

/// <summary>A resolver that says of each lookup how long it took and how many queries it sent.</summary>
internal sealed class MeasuredResolver : IAsyncDisposable
{
    private readonly TestMeterFactory _meters = new();
    private readonly MetricCollector<double> _queries;
    private readonly DnsResolver _resolver;

    public MeasuredResolver(RealServer server, ClientKind client, Action<DnsResolverOptions>? configure = null)
    {
        _queries = new MetricCollector<double>(_meters, "StubResolver", "stubresolver.query.duration");
        _resolver = server.CreateResolver(client, options =>
        {
            options.MeterFactory = _meters;
            configure?.Invoke(options);
        });
    }

    public async Task<Measurement<DnsAnswer<DnsAddressRecord>>> ResolveAddressesAsync(string name) =>
        await MeasureAsync(resolver => resolver.ResolveAddressesAsync(name));

    public async Task<Measurement<DnsAnswer<DnsRecord>>> QueryAsync(string name, DnsRecordType type) =>
        await MeasureAsync(resolver => resolver.QueryAsync(name, type));

    public async ValueTask DisposeAsync()
    {
        await _resolver.DisposeAsync();
        _queries.Dispose();
        _meters.Dispose();
    }

    private async Task<Measurement<TAnswer>> MeasureAsync<TAnswer>(Func<DnsResolver, ValueTask<TAnswer>> ask)
    {
        int before = _queries.GetMeasurementSnapshot().Count;
        long start = Stopwatch.GetTimestamp();

        TAnswer answer = await ask(_resolver);

        return new Measurement<TAnswer>(answer, Stopwatch.GetElapsedTime(start), _queries.GetMeasurementSnapshot().Count - before);
    }
}

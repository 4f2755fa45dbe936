using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Diagnostics;

/// <summary>What the cache counts, and the questions behind it.</summary>
public sealed class CacheMetricsTests : CacheScenarioBase
{
    private readonly TestMeterFactory _meters;

    public CacheMetricsTests() => _meters = Track(new TestMeterFactory());

    [Fact]
    public async Task CacheRequests_ServedPastItsLife_IsStaleAndCountsOnce()
    {
        bool isBroken = false;
        DnsTestServer server = StartServer(60, 60).On(Name, FailWhile(() => isBroken));
        DnsResolver resolver = CreateResolver(
            options => (options.MeterFactory, options.Attempts, options.Cache.MaxStale) = (_meters, 1, TimeSpan.FromHours(1)), server);
        using MetricCollector<long> requests = new(_meters, "StubResolver", "stubresolver.cache.requests");

        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        await resolver.ResolveAddressesAsync(Name).AsTask().WaitAsync(Guard);
        Advance(60);
        isBroken = true;
        await resolver.ResolveAddressesAsync(Name).AsTask().WaitAsync(Guard);
        await resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard);

        requests.GetMeasurementSnapshot().Select(measurement => measurement.Tags["result"]).Should().Equal("miss", "miss", "stale", "stale");
    }

    [Fact]
    public async Task Prefetches_HitNearTheEnd_IsCountedOnce()
    {
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, StartServer(100, 100));
        using MetricCollector<long> prefetches = new(_meters, "StubResolver", "stubresolver.cache.prefetches");
        await resolver.ResolveAddressesAsync(Name);
        await resolver.ResolveAddressesAsync(Name);
        int before = prefetches.GetMeasurementSnapshot().Count;
        Advance(95);

        await resolver.ResolveAddressesAsync(Name);
        await prefetches.WaitForMeasurementsAsync(1, Guard);

        before.Should().Be(0);
        prefetches.GetMeasurementSnapshot().Should().ContainSingle().Which.Value.Should().Be(1);
    }

    [Fact]
    public async Task Evictions_CacheIsFull_AreCounted()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.AddAddress("192.0.2.1"));
        DnsResolver resolver = CreateResolver(options => (options.MeterFactory, options.Cache.Capacity) = (_meters, 10), server);
        using MetricCollector<long> evictions = new(_meters, "StubResolver", "stubresolver.cache.evictions");

        for (int i = 0; i < 30; i++)
        {
            await resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask().WaitAsync(Guard);
        }

        await evictions.WaitForMeasurementsAsync(1, Guard);
        evictions.GetMeasurementSnapshot().Should().OnlyContain(measurement => measurement.Value > 0);
    }

    [Fact]
    public async Task Questions_OneSlotAndTwoQuestions_AreInFlightAndWaiting()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(options => (options.MeterFactory, options.MaxConcurrentQueries) = (_meters, 1), server);
        using MetricCollector<long> inFlight = new(_meters, "StubResolver", "stubresolver.questions.in_flight");
        using MetricCollector<long> waiting = new(_meters, "StubResolver", "stubresolver.questions.waiting");
        Task[] queries = [.. ((string[])["a.test", "b.test"]).Select(name => resolver.QueryAsync(name, DnsRecordType.A).AsTask())];
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        (long InFlight, long Waiting) during = (Read(inFlight), Read(waiting));
        gate.SetResult();
        await Task.WhenAll(queries).WaitAsync(Guard);

        during.Should().Be((1, 1));
        (Read(inFlight), Read(waiting)).Should().Be((0, 0));
    }

    private static long Read(MetricCollector<long> gauge)
    {
        gauge.RecordObservableInstruments();
        return gauge.LastMeasurement!.Value;
    }
}

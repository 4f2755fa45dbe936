using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Diagnostics;

public sealed class CacheMetricsTests : CacheScenarioBase
{
    private readonly TestMeterFactory _meters;

    public CacheMetricsTests() => _meters = Track(new TestMeterFactory());

    [Fact]
    public async Task CacheRequests_StaleAnswer_CountsOnce()
    {
        bool isBroken = false;
        DnsTestServer server = StartServer(60, 60).On(Name, FailWhile(() => Volatile.Read(ref isBroken)));
        DnsResolver resolver = CreateResolver(options => (options.MeterFactory, options.Attempts, options.Cache.MaxStale) = (_meters, 1, TimeSpan.FromHours(1)), server);
        using MetricCollector<long> requests = Collect("stubresolver.cache.requests");

        await resolver.ResolveAddressesAsync(Name);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        Advance(60);
        Volatile.Write(ref isBroken, true);
        await resolver.ResolveAddressesAsync(Name);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        Volatile.Write(ref isBroken, false);
        Advance(60);
        await resolver.ResolveAddressesAsync(Name);

        GetResults(requests).Should().Equal("miss", "hit", "stale", "stale", "miss");
    }

    [Fact]
    public async Task CacheRequests_TypedLookups_CountLikeOthers()
    {
        DnsTestServer server = StartServer().AddRecord(new DnsTxtRecord(Name, Seconds(60), ["text"]));
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using MetricCollector<long> requests = Collect("stubresolver.cache.requests");

        await resolver.ResolveTxtAsync(Name);
        await resolver.ResolveTxtAsync(Name);
        await resolver.Awaiting(r => r.ResolveMxAsync(Name).AsTask()).Should().ThrowAsync<DnsException>();
        await resolver.Awaiting(r => r.ResolveMxAsync(Name).AsTask()).Should().ThrowAsync<DnsException>();

        GetResults(requests).Should().Equal("miss", "hit", "miss", "negative_hit");
    }

    [Theory]
    [MemberData(nameof(TypedLookup.Types), MemberType = typeof(TypedLookup))]
    public async Task CacheRequests_TypedLookup_CountsEachOnce(DnsRecordType type)
    {
        bool isBroken = false;
        DnsTestServer server = StartServer().AddRecords(type, Name, 60).On(Name, FailWhile(() => Volatile.Read(ref isBroken)));
        DnsResolver resolver = CreateResolver(options => (options.MeterFactory, options.Attempts, options.Cache.MaxStale) = (_meters, 1, TimeSpan.FromHours(1)), server);
        using MetricCollector<long> requests = Collect("stubresolver.cache.requests");

        await TypedLookup.ResolveAsync(resolver, type, Name);
        await TypedLookup.ResolveAsync(resolver, type, Name);
        await TypedLookup.ResolveAsync(resolver, type, Name + "."); // all that it is made of is known
        Advance(60);
        Volatile.Write(ref isBroken, true);
        await TypedLookup.ResolveAsync(resolver, type, Name);
        Volatile.Write(ref isBroken, false);
        Advance(60);
        await TypedLookup.ResolveAsync(resolver, type, Name);
        Advance(60);
        server.Remove(Name);
        Func<Task> act = () => TypedLookup.ResolveAsync(resolver, type, Name);
        await act.Should().ThrowAsync<DnsException>();
        await act.Should().ThrowAsync<DnsException>();

        GetResults(requests).Should().Equal("miss", "hit", "hit", "stale", "miss", "miss", "negative_hit");
    }

    [Fact]
    public async Task CacheRequests_NeverSent_AreNotCounted()
    {
        Host.Hosts = "192.0.2.9 hosts.test";
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, StartServer());
        using MetricCollector<long> requests = Collect("stubresolver.cache.requests");

        await resolver.ResolveAddressesAsync("192.0.2.1");
        await resolver.ResolveAddressesAsync("localhost");
        await resolver.ResolveAddressesAsync("hosts.test");
        await resolver.QueryAsync("localhost", DnsRecordType.A);

        GetResults(requests).Should().BeEmpty("the cache has no part in them");
    }

    [Fact]
    public async Task CacheRequests_QueryInUnicode_IsAHitLikeInAscii()
    {
        DnsTestServer server = StartServer().AddAddress("xn--bcher-kva.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, server);
        using MetricCollector<long> requests = Collect("stubresolver.cache.requests");

        await resolver.QueryAsync("xn--bcher-kva.test", DnsRecordType.A);
        await resolver.QueryAsync("bücher.test", DnsRecordType.A);

        GetResults(requests).Should().Equal("miss", "hit");
    }

    [Fact]
    public async Task Prefetches_HitsNearTheEnd_CountOnce()
    {
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = _meters, StartServer(100, 100));
        using MetricCollector<long> prefetches = Collect("stubresolver.cache.prefetches");
        await resolver.ResolveAddressesAsync(Name);
        Advance(95);

        await resolver.ResolveAddressesAsync(Name);
        await resolver.ResolveAddressesAsync(Name);

        prefetches.GetMeasurementSnapshot().Should().ContainSingle().Which.Value.Should().Be(1);
    }

    [Fact]
    public async Task Evictions_MoreNamesThanFit_CountThoseThatWent()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.NoError).ClearRecords().AddAddress("192.0.2.1"));
        DnsResolver resolver = CreateResolver(options => (options.MeterFactory, options.Cache.Capacity) = (_meters, 2), server);
        using MetricCollector<long> evictions = Collect("stubresolver.cache.evictions");

        for (int i = 0; i < 5; i++)
        {
            await resolver.QueryAsync($"n{i}.test", DnsRecordType.A);
        }

        evictions.GetMeasurementSnapshot().Sum(measurement => measurement.Value).Should().Be(3);
        resolver.Pipeline.Engine.Cache.Count.Should().Be(2);
    }

    private MetricCollector<long> Collect(string name) => new(_meters, "StubResolver", name);

    private static IEnumerable<object?> GetResults(MetricCollector<long> requests) =>
        requests.GetMeasurementSnapshot().Select(measurement => measurement.Tags["result"]);
}

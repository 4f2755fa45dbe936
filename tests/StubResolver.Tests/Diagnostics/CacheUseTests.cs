using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Diagnostics;

/// <summary>What the cache had for a lookup: a miss is one that asked somebody, and each lookup counts once.</summary>
public sealed class CacheUseTests : CacheScenarioBase
{
    private readonly TestMeterFactory _meters;

    public CacheUseTests() => _meters = Track(new TestMeterFactory());

    public static TheoryData<string, Func<DnsResolver, CancellationToken, Task>> Lookups => new()
    {
        { "addresses", (resolver, cancellationToken) => resolver.ResolveAddressesAsync(Name, cancellationToken).AsTask() },
        { "one family", (resolver, cancellationToken) => resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork, cancellationToken).AsTask() },
        { "records", (resolver, cancellationToken) => resolver.ResolveTxtAsync(Name, cancellationToken).AsTask() },
        { "query", (resolver, cancellationToken) => resolver.QueryAsync(Name, DnsRecordType.Txt, cancellationToken).AsTask() },
    };

    [Fact]
    public async Task CacheRequests_AddressesOfWhatIsKnown_AreHits()
    {
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateMeasuredResolver(server);
        using MetricCollector<long> requests = Collect();

        await resolver.ResolveAddressesAsync(Name);
        await resolver.ResolveAddressesAsync(Name + ".");
        await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork);
        await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetworkV6);

        GetResults(requests).Should().Equal("miss", "hit", "hit", "hit");
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task CacheRequests_OneFamilyIsKnown_IsAMiss()
    {
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateMeasuredResolver(server);
        using MetricCollector<long> requests = Collect();

        await resolver.QueryAsync(Name, DnsRecordType.A);
        await resolver.ResolveAddressesAsync(Name);

        GetResults(requests).Should().Equal("miss", "miss");
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task CacheRequests_AddressesKnownNotToExist_AreANegativeHit()
    {
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateMeasuredResolver(server);
        using MetricCollector<long> requests = Collect();

        foreach (string name in new[] { "missing.test", "missing.test.", "missing.test" })
        {
            await resolver.Awaiting(r => r.ResolveAddressesAsync(name).AsTask()).Should().ThrowAsync<DnsException>();
        }

        GetResults(requests).Should().Equal("miss", "negative_hit", "negative_hit");
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task CacheRequests_OutcomeIsPastItsLifeButItsPartsAreKnown_IsAHit()
    {
        DnsTestServer server = StartServer(60, 60);
        DnsResolver resolver = CreateMeasuredResolver(server, maxStale: 3600);
        using MetricCollector<long> requests = Collect();
        await resolver.ResolveAddressesAsync(Name);
        Advance(60);
        await resolver.QueryAsync(Name, DnsRecordType.Aaaa);
        await resolver.QueryAsync(Name, DnsRecordType.A);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name);

        answer.IsStale.Should().BeFalse();
        GetResults(requests).Should().Equal("miss", "miss", "miss", "hit");
        server.Queries.Should().HaveCount(4);
    }

    [Theory]
    [MemberData(nameof(Lookups))]
    public async Task CacheRequests_FailureIsRemembered_IsANegativeHit(string kind, Func<DnsResolver, CancellationToken, Task> lookUp)
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.ServerFailure));
        DnsResolver resolver = CreateMeasuredResolver(server);
        using MetricCollector<long> requests = Collect();
        Func<Task> act = () => lookUp(resolver, default);
        await act.Should().ThrowAsync<DnsException>();
        int sent = server.Queries.Count;

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.ServerFailure);

        GetResults(requests).Should().Equal(["miss", "negative_hit"], kind);
        server.Queries.Should().HaveCount(sent);
    }

    [Theory]
    [MemberData(nameof(Lookups))]
    public async Task CacheRequests_CallerLeaves_IsAMiss(string kind, Func<DnsResolver, CancellationToken, Task> lookUp)
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateMeasuredResolver(server);
        using MetricCollector<long> requests = Collect();
        using CancellationTokenSource cancellation = new();
        Task lookup = lookUp(resolver, cancellation.Token);
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        await cancellation.CancelAsync();
        await lookup.Awaiting(task => task.WaitAsync(Guard)).Should().ThrowAsync<OperationCanceledException>();

        GetResults(requests).Should().Equal(["miss"], kind);
    }

    private DnsResolver CreateMeasuredResolver(DnsTestServer server, double maxStale = 0) =>
        CreateResolver(options => (options.MeterFactory, options.Attempts, options.Cache.MaxStale) = (_meters, 1, Seconds(maxStale)), server);

    private MetricCollector<long> Collect() => new(_meters, "StubResolver", "stubresolver.cache.requests");

    private static IEnumerable<object?> GetResults(MetricCollector<long> requests) =>
        requests.GetMeasurementSnapshot().Select(measurement => measurement.Tags["result"]);
}

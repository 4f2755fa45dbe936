using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

public sealed class CachePrefetchTests : CacheScenarioBase
{
    private volatile bool _isBroken;

    [Fact]
    public async Task ResolveAddressesAsync_HitsNearTheEnd_RefreshExactlyOnce()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer(100, 100);
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync(Name);
        server.On(Name, (_, response) => response.DelayUntil(gate.Task)); // the refresh is to end after the hits
        Advance(87);
        await resolver.ResolveAddressesAsync(Name);
        await WaitUntilIdleAsync(resolver, server, queries: 2);
        Count(server).Should().Be(2, "it is too early");
        Advance(6);

        DnsAnswer<DnsAddressRecord>[] hits = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => resolver.ResolveAddressesAsync(Name).AsTask())));
        gate.SetResult();
        DnsAnswer<DnsAddressRecord> renewed = await ResolveUntilOtherAsync(resolver, first);
        await WaitUntilIdleAsync(resolver, server, queries: 4);

        hits.Should().OnlyContain(hit => ReferenceEquals(hit, first), "nobody waits for the refresh");
        renewed.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(100));
        server.Queries.Select(query => query.Type).Should().Equal(DnsRecordType.Aaaa, DnsRecordType.A, DnsRecordType.Aaaa, DnsRecordType.A);
    }

    [Fact]
    public async Task ResolveAddressesAsync_FamiliesEndOneAfterTheOther_RefreshesBoth()
    {
        DnsTestServer server = StartServer(100, 100).On(Name, DnsRecordType.A, (_, _) => Advance(0.05)); // A comes 50 ms after AAAA
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync(Name);
        Advance(95);

        await resolver.ResolveAddressesAsync(Name);
        DnsAnswer<DnsAddressRecord> renewed = await ResolveUntilOtherAsync(resolver, first);
        await WaitUntilIdleAsync(resolver, server, queries: 4);

        (renewed.ExpiresAt - first.ExpiresAt).Should().BeCloseTo(Seconds(95), Seconds(1));
        server.Queries.Should().HaveCount(4);
    }

    [Fact]
    public async Task ResolveAddressesAsync_RefreshFails_LeavesTheEntryAndIsNotRepeated()
    {
        DnsTestServer server = StartServer(100, 100).On(Name, FailWhile(() => _isBroken));
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, server);
        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync(Name);
        Advance(95);
        _isBroken = true;

        await resolver.ResolveAddressesAsync(Name);
        await WaitUntilIdleAsync(resolver, server, queries: 4);
        Advance(4.9);
        DnsAnswer<DnsAddressRecord> last = await resolver.ResolveAddressesAsync(Name);
        await WaitUntilIdleAsync(resolver, server, queries: 4);

        last.Should().BeSameAs(first);
        server.Queries.Should().HaveCount(4);
    }

    [Fact]
    public async Task ResolveAddressesAsync_RefreshFailsForOneFamily_LeavesTheWholeEntry()
    {
        DnsTestServer server = StartServer(100, 100)
            .On(Name, DnsRecordType.A, FailWhile(() => _isBroken));
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, server);
        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync(Name);
        Advance(95);
        _isBroken = true;

        await resolver.ResolveAddressesAsync(Name);
        await WaitUntilIdleAsync(resolver, server, queries: 4);
        DnsAnswer<DnsAddressRecord> after = await resolver.ResolveAddressesAsync(Name);

        after.Should().BeSameAs(first, "both families still count");
    }

    [Fact]
    public async Task ResolveAddressesAsync_RefreshGainsLittle_EndsPrefetchingUntilExpiry()
    {
        double ttl = 1000;
        DnsTestServer server = StartServer().On(Name, DnsRecordType.A, (_, response) => response.AddAddress("192.0.2.1", Seconds(ttl)));
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork);
        Advance(950);
        ttl = 60; // a cache upstream hands out what is left of its own life

        await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork);
        DnsAnswer<DnsAddressRecord> renewed = await ResolveUntilOtherAsync(resolver, first, AddressFamily.InterNetwork);
        await WaitUntilIdleAsync(resolver, server, queries: 2);
        Advance(59.9);
        DnsAnswer<DnsAddressRecord> last = await resolver.ResolveAddressesAsync(Name, AddressFamily.InterNetwork);
        await WaitUntilIdleAsync(resolver, server, queries: 2);

        last.Should().BeSameAs(renewed);
        server.Queries.Should().HaveCount(2, "another refresh would gain no more");
    }

    [Theory]
    [InlineData(9, 0.1, 8.9)]
    [InlineData(100, 0, 99.9)]
    public async Task ResolveAddressesAsync_ShortLifeOrOff_RefreshesNothing(double ttl, double threshold, double after)
    {
        DnsTestServer server = StartServer(ttl, ttl).AddAddress("other.test", "192.0.2.2");
        DnsResolver resolver = CreateResolver(options => options.Cache.PrefetchThreshold = threshold, server);
        await resolver.ResolveAddressesAsync(Name);
        Advance(after);

        await resolver.ResolveAddressesAsync(Name);
        await resolver.ResolveAddressesAsync("other.test");
        await WaitUntilIdleAsync(resolver, server, queries: 4);

        Count(server, name: Name).Should().Be(2);
    }

    [Fact]
    public async Task ResolveAddressesAsync_NoSlotIsFree_RefreshesLater()
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        DnsTestServer server = StartServer(100, 100).AddAddress("slow.test", "192.0.2.2").On("slow.test", (_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 1, server);
        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync(Name);
        Advance(95);
        Task<DnsAnswer<DnsRecord>> slow = resolver.QueryAsync("slow.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(3).WaitAsync(Guard);

        (await resolver.ResolveAddressesAsync(Name)).Should().BeSameAs(first);
        resolver.Pipeline.Engine.Context.Slots.Waiting.Should().Be(0, "a refresh does not wait in line");
        gate.SetResult();
        await slow.WaitAsync(Guard);
        await WaitUntilIdleAsync(resolver, server, queries: 3);
        await resolver.ResolveAddressesAsync(Name);
        DnsAnswer<DnsAddressRecord> renewed = await ResolveUntilOtherAsync(resolver, first);
        await WaitUntilIdleAsync(resolver, server, queries: 5);

        renewed.ExpiresAt.Should().BeAfter(first.ExpiresAt);
        Count(server, name: Name).Should().Be(4);
    }

    [Fact]
    public async Task QueryAsync_HitNearTheEnd_RefreshesOnce()
    {
        DnsTestServer server = StartServer(100, 100);
        DnsResolver resolver = CreateResolver(server);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        Advance(95);

        DnsAnswer<DnsRecord> hit = await resolver.QueryAsync(Name, DnsRecordType.A);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        await WaitUntilIdleAsync(resolver, server, queries: 2);
        Advance(50);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        await WaitUntilIdleAsync(resolver, server, queries: 2);

        hit.ExpiresAt.Should().Be(Time.GetUtcNow() - Seconds(45));
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task QueryAsync_HitInUnicodeNearTheEnd_RefreshesOnce()
    {
        DnsTestServer server = StartServer().AddAddress("xn--bcher-kva.test", "192.0.2.1", Seconds(100));
        DnsResolver resolver = CreateResolver(server);
        await resolver.QueryAsync("bücher.test", DnsRecordType.A);
        Advance(95);

        await resolver.QueryAsync("bücher.test", DnsRecordType.A);
        await resolver.QueryAsync("bücher.test", DnsRecordType.A);
        await WaitUntilIdleAsync(resolver, server, queries: 2);
        Advance(50);
        await resolver.QueryAsync("bücher.test", DnsRecordType.A);
        await WaitUntilIdleAsync(resolver, server, queries: 2);

        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task ResolveTxtAsync_HitNearTheEnd_RefreshesOnce()
    {
        DnsTestServer server = StartServer().AddRecord(new DnsTxtRecord(Name, Seconds(100), ["text"]));
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveTxtAsync(Name);
        Advance(95);

        await resolver.ResolveTxtAsync(Name);
        await resolver.ResolveTxtAsync(Name);
        await WaitUntilIdleAsync(resolver, server, queries: 2);
        Advance(50);
        await resolver.ResolveTxtAsync(Name);
        await WaitUntilIdleAsync(resolver, server, queries: 2);

        server.Queries.Should().HaveCount(2);
    }

    // Ends when the queries have arrived, and all refreshes that hits have started and the questions behind them have ended.
    private static async Task WaitUntilIdleAsync(DnsResolver resolver, DnsTestServer server, int queries)
    {
        using CancellationTokenSource guard = new(Guard);
        await server.WaitForQueriesAsync(queries, guard.Token);
        await resolver.Pipeline.WaitForRefreshesAsync().WaitAsync(guard.Token);
        while (resolver.Pipeline.Engine.RunningCount > 0)
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<DnsAnswer<DnsAddressRecord>> ResolveUntilOtherAsync(
        DnsResolver resolver, DnsAnswer<DnsAddressRecord> known, AddressFamily family = AddressFamily.Unspecified)
    {
        using CancellationTokenSource guard = new(Guard);
        while (true)
        {
            DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name, family, guard.Token);
            if (!ReferenceEquals(answer, known))
            {
                return answer;
            }

            await Task.Yield();
        }
    }
}

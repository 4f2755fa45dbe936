using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using StubResolver.Diagnostics;
using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Tests.Diagnostics;

namespace StubResolver.Tests.Scenarios;

/// <summary>Work that nobody waits for leaves only while a slot is free.</summary>
public sealed class BackgroundSlotTests : ScenarioTestBase
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DnsAnswer<DnsAddressRecord>> _fresh = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task KeepFresh_NoFreeSlot_WaitsBehindAllOthers()
    {
        DnsTestServer server = StartServerWithGate();
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 1, server);
        Task slow = await OccupySlotAsync(resolver, server);
        using IDisposable kept = resolver.KeepFresh("kept.test", AddressFamily.InterNetwork, _fresh.SetResult);
        await UntilWaitingAsync(resolver, 1);
        Task[] later = [.. Enumerable.Range(0, 3).Select(i => resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask())];
        await UntilWaitingAsync(resolver, 4);

        _gate.SetResult();
        await Task.WhenAll([slow, .. later]).WaitAsync(Guard);
        await _fresh.Task.WaitAsync(Guard);

        server.Queries.Select(query => query.Name).Should().Equal("slow.test", "n0.test", "n1.test", "n2.test", "kept.test");
    }

    [Fact]
    public async Task ResolveAddressesAsync_NameIsBeingKeptFresh_IsNotHeldUpByThat()
    {
        DnsTestServer server = StartServerWithGate();
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 1, server);
        Task slow = await OccupySlotAsync(resolver, server);
        using IDisposable kept = resolver.KeepFresh("kept.test", AddressFamily.InterNetwork, _fresh.SetResult);
        await UntilWaitingAsync(resolver, 1);
        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("kept.test", AddressFamily.InterNetwork).AsTask();
        await UntilAsync(() => resolver.Pipeline.Engine.Context.Slots.WaitedFor == 1); // the question that waits in the background takes its turn
        Task later = resolver.QueryAsync("later.test", DnsRecordType.A).AsTask();
        await UntilWaitingAsync(resolver, 2);

        _gate.SetResult();
        await Task.WhenAll(slow, lookup, later, _fresh.Task).WaitAsync(Guard);

        server.Queries.Select(query => query.Name).Should().Equal(["slow.test", "kept.test", "later.test"], "both ask the same question");
    }

    [Fact]
    public async Task KeepFresh_ServerFails_TellsOfEachFailureAndGoesOn()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(server);
        using SemaphoreSlim failures = new(0);
        using IDisposable kept = resolver.KeepFresh("a.test", AddressFamily.InterNetwork, _ => { }, failure => failures.Release(failure.DnsError == DnsError.Refused ? 1 : 0));

        (await failures.WaitAsync(Guard)).Should().BeTrue();
        await AdvanceUntilAsync(() => failures.CurrentCount > 0, TimeSpan.FromMilliseconds(20), TimeSpan.FromMinutes(1));

        (await failures.WaitAsync(Guard)).Should().BeTrue();
    }

    [Fact]
    public async Task ResolveAsync_ShadowModeAndNoFreeSlot_ShadowWaitsBehindAllOthers()
    {
        DnsTestServer server = StartServerWithGate();
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 1, server);
        using TestMeterFactory meters = new();
        using MetricCollector<long> comparisons = new(meters, "StubResolver", "stubresolver.shadow.comparisons");
        using AddressMode mode = CreateShadowMode(resolver, meters);
        Task slow = await OccupySlotAsync(resolver, server);

        await mode.ResolveAsync("shadow.test", AddressFamily.InterNetwork, isBackground: false, default);
        await UntilWaitingAsync(resolver, 1);
        Task later = resolver.QueryAsync("later.test", DnsRecordType.A).AsTask();
        await UntilWaitingAsync(resolver, 2);
        _gate.SetResult();
        await Task.WhenAll(slow, later).WaitAsync(Guard);
        await comparisons.WaitForMeasurementsAsync(1, Guard);

        server.Queries.Select(query => query.Name).Should().Equal("slow.test", "later.test", "shadow.test");
        comparisons.GetMeasurementSnapshot().Should().ContainSingle().Which.Tags.Should().Contain("result", "same");
    }

    [Fact]
    public async Task ResolveAsync_ShadowModeAndNoSlotInTime_IsDroppedNotCompared()
    {
        DnsTestServer server = StartServerWithGate();
        DnsResolver resolver = CreateResolver(
            options => (options.MaxConcurrentQueries, options.Attempts, options.AttemptTimeout) = (1, 1, TimeSpan.FromSeconds(30)), server);
        using TestMeterFactory meters = new();
        using MetricCollector<long> comparisons = new(meters, "StubResolver", "stubresolver.shadow.comparisons");
        using AddressMode mode = CreateShadowMode(resolver, meters);
        Task slow = await OccupySlotAsync(resolver, server);
        await mode.ResolveAsync("shadow.test", AddressFamily.InterNetwork, isBackground: false, default);
        await UntilWaitingAsync(resolver, 1);
        Time.Advance(TimeSpan.FromSeconds(5));
        Task slowToo = resolver.QueryAsync("slow.test", DnsRecordType.A).AsTask(); // keeps the slot

        await AdvanceUntilAsync(() => comparisons.LastMeasurement is not null, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(8));
        _gate.SetResult();
        await slowToo.WaitAsync(Guard);

        comparisons.GetMeasurementSnapshot().Should().ContainSingle().Which.Tags.Should().Contain("result", "dropped");
        await FluentActions.Awaiting(() => slow).Should().ThrowAsync<DnsException>();
    }

    [Fact]
    public async Task ResolveAsync_ShadowModeAndListenerThrows_GoesOnComparing()
    {
        DnsTestServer server = StartServerWithGate();
        using TestMeterFactory meters = new();
        DnsResolver resolver = CreateResolver(options => options.MeterFactory = meters, server);
        using MetricCollector<long> comparisons = new(meters, "StubResolver", "stubresolver.shadow.comparisons");
        using AddressMode mode = CreateShadowMode(resolver, meters);
        using (ThrowingListener listener = new(meters, "stubresolver.cache.requests"))
        {
            await mode.ResolveAsync("shadow.test", AddressFamily.InterNetwork, isBackground: false, default);
            await AdvanceUntilAsync(() => listener.Calls > 0, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5));
        }

        await mode.ResolveAsync("shadow.test", AddressFamily.InterNetwork, isBackground: false, default);
        await comparisons.WaitForMeasurementsAsync(1, Guard);

        comparisons.GetMeasurementSnapshot().Should().ContainSingle().Which.Tags.Should().Contain("result", "same");
    }

    private AddressMode CreateShadowMode(DnsResolver resolver, TestMeterFactory meters) => new(
        DnsResolverMode.Shadow,
        resolver.Pipeline.Addresses,
        new SystemAddresses(Time, Guard, (_, _, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("192.0.2.1")])),
        new ResolverMetrics(meters),
        NullLogger.Instance,
        Time);

    private DnsTestServer StartServerWithGate() => StartServer().OnAnyQuery((query, response) => response
        .AddAddress("192.0.2.1")
        .DelayUntil(query.Name == "slow.test" ? _gate.Task : Task.CompletedTask));

    private static async Task<Task> OccupySlotAsync(DnsResolver resolver, DnsTestServer server)
    {
        Task slow = resolver.QueryAsync("slow.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        return slow;
    }

    private static Task UntilWaitingAsync(DnsResolver resolver, int count) => UntilAsync(() => resolver.Pipeline.Engine.Context.Slots.Waiting >= count);

    private static async Task UntilAsync(Func<bool> condition)
    {
        using CancellationTokenSource guard = new(Guard);
        while (!condition())
        {
            await Task.Delay(1, guard.Token);
        }
    }
}

using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests;

public sealed class DnsResolverDisposalTests : ScenarioTestBase
{
    [Fact]
    public async Task Dispose_LookupsInFlight_EndWithObjectDisposedException()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateResolver(server);

        Task[] lookups =
        [
            resolver.ResolveAddressesAsync("a.test").AsTask(),
            resolver.ResolveTxtAsync("b.test").AsTask(),
            resolver.QueryAsync("c.test", DnsRecordType.A).AsTask(),
        ];
        await server.WaitForQueriesAsync(3).WaitAsync(Guard);
        resolver.Dispose();

        foreach (Task lookup in lookups)
        {
            Func<Task> act = () => lookup.WaitAsync(Guard);
            await act.Should().ThrowAsync<ObjectDisposedException>();
        }
    }

    [Fact]
    public async Task Dispose_LookupWaitingForASlot_EndsToo()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 1, server);

        Task first = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Task second = resolver.QueryAsync("b.test", DnsRecordType.A).AsTask();
        await resolver.DisposeAsync();

        foreach (Task lookup in new[] { first, second })
        {
            Func<Task> act = () => lookup.WaitAsync(Guard);
            await act.Should().ThrowAsync<ObjectDisposedException>();
        }
    }

    [Fact]
    public async Task DisposeAsync_AfterDisposeAndAgain_WaitsUntilNothingRuns()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateResolver(server);
        Task lookup = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);

        resolver.Dispose();
        resolver.Dispose();
        await resolver.DisposeAsync();
        int running = resolver.Pipeline.Engine.RunningCount;
        await resolver.DisposeAsync();

        running.Should().Be(0);
        Func<Task> act = () => lookup.WaitAsync(Guard);
        await act.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public async Task AnyMethod_AfterDispose_ThrowsAtOnce()
    {
        DnsResolver resolver = CreateResolver(StartServer());
        await resolver.DisposeAsync();

        Action<DnsResolver>[] calls =
        [
            disposed => _ = disposed.ResolveAddressesAsync("a.test").AsTask(),
            disposed => _ = disposed.ResolveAddressesAsync("127.0.0.1").AsTask(),
            disposed => _ = disposed.ResolveSrvAsync("a.test").AsTask(),
            disposed => _ = disposed.ResolveMxAsync("a.test").AsTask(),
            disposed => _ = disposed.ResolveTxtAsync("a.test").AsTask(),
            disposed => _ = disposed.ResolvePtrAsync(IPAddress.Loopback).AsTask(),
            disposed => _ = disposed.QueryAsync("a.test", DnsRecordType.A).AsTask(),
            disposed => disposed.Watch("a.test", AddressFamily.Unspecified, _ => { }),
            disposed => disposed.ClearCache(),
            disposed => disposed.ClearCache("a.test"),
        ];

        foreach (Action<DnsResolver> call in calls)
        {
            resolver.Invoking(call).Should().Throw<ObjectDisposedException>().Which.ObjectName.Should().Contain(nameof(DnsResolver));
        }
    }

    [Fact]
    public async Task Stragglers_EndByThemselvesAfterAttemptTimeout()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1").On("a.test", DnsRecordType.Aaaa, (_, response) => response.Drop());
        DnsResolver resolver = CreateResolver(server);
        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromMilliseconds(250));
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        await AdvanceUntilEndAsync(lookup, TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(700)); // AAAA is not sent again before
        int listening = resolver.Pipeline.Engine.RunningCount;

        Time.Advance(TimeSpan.FromSeconds(5));
        await AdvanceUntilAsync(() => resolver.Pipeline.Engine.RunningCount == 0, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));

        listening.Should().Be(1);
        resolver.Pipeline.Engine.RunningCount.Should().Be(0);
        server.Queries.Should().HaveCount(2);
    }
}

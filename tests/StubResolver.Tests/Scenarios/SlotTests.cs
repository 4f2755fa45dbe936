using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>More questions than may be in flight.</summary>
public sealed class SlotTests : ScenarioTestBase
{
    private readonly TaskCompletionSource _gate = new();

    [Fact]
    public async Task QueryAsync_NoFreeSlot_WaitsInOrder()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) => response.AddAddress("192.0.2.1").DelayUntil(query.Name == "n0.test" ? _gate.Task : Task.CompletedTask));
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 1, server);

        Task[] queries = [.. Enumerable.Range(0, 10).Select(i => resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask())];
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        server.Queries.Should().ContainSingle();
        _gate.SetResult();
        await Task.WhenAll(queries).WaitAsync(Guard);

        server.Queries.Select(query => query.Name).Should().Equal(Enumerable.Range(0, 10).Select(i => $"n{i}.test"));
    }

    [Fact]
    public async Task QueryAsync_RetransmissionAndTcp_NeedNoFurtherSlot()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        server.On("a.test", (query, response) => (query.Attempt == 1 && query.Protocol == DnsProtocol.Udp ? response.Drop() : response.Truncate()).ToArray());
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 1, server);

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1.25));

        (await query.WaitAsync(Guard)).Records.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_TimeEndsWhileWaiting_SaysSoAndBlamesNobody()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) => response.AddAddress("192.0.2.1").DelayUntil(query.Name == "slow.test" ? _gate.Task : Task.CompletedTask));
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.MaxConcurrentQueries = 1;
                options.AttemptTimeout = TimeSpan.FromSeconds(30);
                options.Attempts = 1;
            },
            server);

        Task slow = resolver.QueryAsync("slow.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(5));
        Task waiting = resolver.QueryAsync("waiting.test", DnsRecordType.A).AsTask();
        Time.Advance(TimeSpan.FromSeconds(4));
        Task<DnsAnswer<DnsRecord>> slowToo = resolver.QueryAsync("slow.test", DnsRecordType.A).AsTask(); // the question goes on for its sake
        Time.Advance(TimeSpan.FromSeconds(6));
        DnsException failure = (await FluentActions.Awaiting(() => waiting.WaitAsync(Guard)).Should().ThrowAsync<DnsException>()).Which;
        _gate.SetResult();
        await slowToo.WaitAsync(Guard);

        failure.DnsError.Should().Be(DnsError.Timeout);
        failure.Message.Should().Contain("waited for other lookups").And.Contain("MaxConcurrentQueries");
        failure.Attempts.Should().BeEmpty("nothing was sent");
        resolver.Pipeline.Engine.Context.Servers[0].Badness.Should().Be(0);
        (await resolver.QueryAsync("waiting.test", DnsRecordType.A).AsTask().WaitAsync(Guard)).Records.Should().ContainSingle("the failure is not remembered");
        await FluentActions.Awaiting(() => slow).Should().ThrowAsync<DnsException>();
    }

    [Fact]
    public async Task ResolveAddressesAsync_AaaaWaitsForSlot_PatienceBeginsWithTheSlot()
    {
        TaskCompletionSource aaaa = new();
        DnsTestServer server = StartServerWithGates(aaaa.Task);
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 1, server);
        Task slow = resolver.QueryAsync("slow.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1);
        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();

        Time.Advance(TimeSpan.FromMilliseconds(900));
        await SettleAsync();
        _gate.SetResult();
        await slow.WaitAsync(Guard);
        await server.WaitForQueriesAsync(1, query => query.Name == "a.test");
        Time.Advance(TimeSpan.FromMilliseconds(249));
        await SettleAsync();
        int sentBeforePatienceEnded = server.Queries.Count(query => query.Name == "a.test");
        aaaa.SetResult();

        (await lookup.WaitAsync(Guard)).Records.Should().HaveCount(2);
        sentBeforePatienceEnded.Should().Be(1, "a healthy path is strictly sequential, however long it waited for a slot");
    }

    [Fact]
    public async Task ResolveAddressesAsync_AaaaWaitsForSlotAndIsSilent_AIsAskedWhenPatienceEnds()
    {
        DnsTestServer server = StartServerWithGates(aaaa: new TaskCompletionSource().Task);
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 2, server);
        Task[] slow = [.. new[] { DnsRecordType.A, DnsRecordType.Aaaa }.Select(type => resolver.QueryAsync("slow.test", type).AsTask())];
        await server.WaitForQueriesAsync(2);
        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();

        Time.Advance(TimeSpan.FromMilliseconds(900));
        await SettleAsync();
        _gate.SetResult();
        await Task.WhenAll(slow).WaitAsync(Guard);
        await server.WaitForQueriesAsync(1, query => query.Name == "a.test");
        await AdvanceUntilAsync(IsAAsked, TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(900)); // patience is 250 ms, and the budget 10 s

        IsAAsked().Should().BeTrue();
        (await AdvanceUntilEndAsync(lookup, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(5))).Records.Should().ContainSingle();

        bool IsAAsked() => server.Queries.Any(query => query is { Name: "a.test", Type: DnsRecordType.A });
    }

    [Fact]
    public async Task ResolveAddressesAsync_AWaitsForSlotLong_BothFamiliesComeBack()
    {
        TaskCompletionSource aaaa = new();
        DnsTestServer server = StartServerWithGates(aaaa.Task);
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 1, server);
        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();
        await server.WaitForQueriesAsync(1);
        Task slow = resolver.QueryAsync("slow.test", DnsRecordType.A).AsTask();

        aaaa.SetResult();
        await server.WaitForQueriesAsync(1, query => query.Name == "slow.test");
        Time.Advance(TimeSpan.FromSeconds(5));
        await SettleAsync();
        bool isLeftWithOne = lookup.IsCompleted;
        _gate.SetResult();
        await slow.WaitAsync(Guard);

        (await lookup.WaitAsync(Guard)).Records.Should().HaveCount(2);
        isLeftWithOne.Should().BeFalse("2 s are for a silent server, not for a wait of our own making");
    }

    [Fact]
    public async Task ResolveAddressesAsync_TimeEndsWhileWaiting_SaysSo()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((_, response) => response.AddAddress("192.0.2.1").DelayUntil(_gate.Task));
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.MaxConcurrentQueries = 1;
                options.AttemptTimeout = TimeSpan.FromSeconds(30);
                options.Attempts = 1;
                options.LookupTimeout = TimeSpan.FromSeconds(10);
            },
            server);

        Task slow = resolver.QueryAsync("slow.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1));
        Task<DnsAnswer<DnsAddressRecord>> waiting = resolver.ResolveAddressesAsync("waiting.test").AsTask();
        Time.Advance(TimeSpan.FromSeconds(8));
        Task<DnsAnswer<DnsRecord>> slowToo = resolver.QueryAsync("slow.test", DnsRecordType.A).AsTask();
        Func<Task> act = () => AdvanceUntilEndAsync(waiting, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(5));
        DnsException failure = (await act.Should().ThrowAsync<DnsException>()).Which;
        _gate.SetResult();
        await slowToo.WaitAsync(Guard);

        failure.Message.Should().Contain("waited for other lookups");
        failure.Attempts.Should().BeEmpty();
        await FluentActions.Awaiting(() => slow).Should().ThrowAsync<DnsException>();
    }

    /// <summary>Starts a server with both families, which answers slow.test and AAAA when it may.</summary>
    private DnsTestServer StartServerWithGates(Task aaaa) => StartServer().OnAnyQuery((query, response) => response
        .AddAddress(query.Type == DnsRecordType.Aaaa ? "::1" : "127.0.0.1")
        .DelayUntil(query.Name == "slow.test" ? _gate.Task : query.Type == DnsRecordType.Aaaa ? aaaa : Task.CompletedTask));
}

using Microsoft.Extensions.Time.Testing;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Which server is asked, and when another one beside it.</summary>
public sealed class ServerSelectionTests : ScenarioTestBase
{
    private static readonly TimeSpan s_firstTry = TimeSpan.FromSeconds(1.25);

    [Fact]
    public async Task HealthyServers_OneQueryAQuestion()
    {
        DnsTestServer[] servers = [StartZone(), StartZone(), StartZone()];
        DnsResolver resolver = CreateResolver(servers);

        for (int i = 0; i < 10; i++)
        {
            await QueryAsync(resolver, $"n{i}.test");
        }

        servers.Select(server => server.Queries.Count).Should().Equal(10, 0, 0);
    }

    [Fact]
    public async Task SilentTwice_GoesBehindTheOthers_IsProbedOnce_AndComesBackWithAReply()
    {
        DnsTestServer first = StartSilentServer();
        DnsTestServer second = StartZone();
        DnsResolver resolver = CreateResolver(first, second);
        await LetFirstFailAsync(resolver, first);

        await QueryAsync(resolver, "n2.test");
        await first.WaitForQueriesAsync(1, query => query.Name == "n2.test").WaitAsync(Guard);
        await QueryAsync(resolver, "n3.test");
        await QueryAsync(resolver, "n4.test");
        int whileFailing = first.Queries.Count;
        first.OnAnyQuery(Answer);
        Time.Advance(TimeSpan.FromSeconds(10)); // ends the probe
        await SettleAsync();

        whileFailing.Should().Be(3, "one probe, and no question has to wait for it");
        (await IsAskedFirstAgainAsync(resolver, first, second)).Should().BeTrue();
    }

    [Fact]
    public async Task Probe_NoFreeSlot_IsNotSent()
    {
        DnsTestServer first = StartSilentServer();
        DnsTestServer second = StartZone();
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = 1, first, second);
        await LetFirstFailAsync(resolver, first);
        TaskCompletionSource gate = new();
        second.On("n2.test", (_, response) => response.DelayUntil(gate.Task));

        Task<DnsAnswer<DnsRecord>> query = QueryAsync(resolver, "n2.test"); // has the slot until it is answered
        gate.SetResult();
        await query;
        await SettleAsync();

        first.Queries.Should().NotContain(query => query.Name == "n2.test");
    }

    [Fact]
    public async Task Probe_AnswerGoesToNobodysCache()
    {
        DnsTestServer first = StartSilentServer();
        DnsTestServer second = StartZone();
        DnsResolver resolver = CreateResolver(first, second);
        await LetFirstFailAsync(resolver, first);
        first.OnAnyQuery((_, response) => response.AddAddress("192.0.2.66"));

        DnsAnswer<DnsRecord> answer = await QueryAsync(resolver, "n2.test");
        await first.WaitForQueriesAsync(1, query => query.Name == "n2.test").WaitAsync(Guard);
        await SettleAsync();
        DnsAnswer<DnsRecord> again = await QueryAsync(resolver, "n2.test");

        again.Should().BeSameAs(answer);
        answer.Server.Should().Be((DnsServer)second.EndPoint);
    }

    [Fact]
    public async Task OneUnreachable_GoesBehindTheOthers()
    {
        DnsTestServer gone = DnsTestServer.Start();
        await gone.DisposeAsync();
        DnsTestServer second = StartZone();
        DnsResolver resolver = CreateResolver(gone, second);

        await QueryAsync(resolver, "n0.test");
        await QueryAsync(resolver, "n1.test");

        resolver.Pipeline.Engine.Context.Servers[0].Badness.Should().BePositive();
        second.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task ErrorCodes_DoNotMakeAServerFailing()
    {
        DnsTestServer first = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.ServerFailure));
        DnsTestServer second = StartZone();
        DnsResolver resolver = CreateResolver(first, second);

        for (int i = 0; i < 5; i++)
        {
            await QueryAsync(resolver, $"n{i}.test");
        }

        first.Queries.Should().HaveCount(5);
    }

    [Fact]
    public async Task RotateServers_SpreadsOverTheHealthy()
    {
        DnsTestServer[] servers = [StartZone(), StartZone()];
        DnsResolver resolver = CreateResolver(options => options.RotateServers = true, servers);

        for (int i = 0; i < 60; i++)
        {
            await QueryAsync(resolver, $"n{i}.test");
        }

        servers.Should().OnlyContain(server => server.Queries.Count > 0, "that chance leaves one out is 2^-59");
        servers.Sum(server => server.Queries.Count).Should().Be(60);
    }

    [Fact]
    public async Task Hedging_NextServerAfterTheInterval_FirstAnswerWins()
    {
        DnsTestServer first = StartSilentServer();
        DnsTestServer second = StartZone();
        DnsResolver resolver = CreateResolver(options => options.HedgeAfter = TimeSpan.FromMilliseconds(20), first, second);

        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await first.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromMilliseconds(20));

        (await lookup.WaitAsync(Guard)).Server.Should().Be((DnsServer)second.EndPoint);
    }

    [Fact]
    public async Task HedgingZero_AllServersAtOnce_FromTheirOwnSockets()
    {
        DnsTestServer[] servers = [StartSilentServer(), StartSilentServer(), StartSilentServer()];
        DnsResolver resolver = CreateResolver(options => options.HedgeAfter = TimeSpan.Zero, servers);

        _ = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        foreach (DnsTestServer server in servers)
        {
            await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        }

        servers.Select(server => server.Queries[0].Source.Port).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task Hedging_AfterARefusal_IsOff()
    {
        DnsTestServer refuses = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.Refused));
        DnsTestServer silent = StartSilentServer();
        DnsTestServer third = StartZone();
        DnsResolver resolver = CreateResolver(options => options.HedgeAfter = TimeSpan.FromMilliseconds(20), refuses, silent, third);

        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await silent.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromMilliseconds(900));
        await SettleAsync();
        Time.Advance(TimeSpan.FromMilliseconds(350));
        await lookup.WaitAsync(Guard);

        (third.Queries[0].Elapsed - silent.Queries[0].Elapsed).Should().Be(s_firstTry);
    }

    [Fact]
    public async Task Hedging_NoFreeSlot_WaitsForTheTimer()
    {
        DnsTestServer first = StartSilentServer();
        DnsTestServer second = StartZone();
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.HedgeAfter = TimeSpan.Zero;
                options.MaxConcurrentQueries = 1;
            },
            first,
            second);

        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await first.WaitForQueriesAsync(1).WaitAsync(Guard);
        await SettleAsync();
        Time.Advance(s_firstTry);
        await lookup.WaitAsync(Guard);

        (second.Queries[0].Elapsed - first.Queries[0].Elapsed).Should().Be(s_firstTry);
    }

    [Fact]
    public async Task HedgingLaterThanTheTimer_NeverDelaysTheNextTry()
    {
        DnsTestServer first = StartSilentServer();
        DnsTestServer second = StartZone();
        DnsResolver resolver = CreateResolver(options => options.HedgeAfter = TimeSpan.FromSeconds(30), first, second);

        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await first.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(s_firstTry);

        (await lookup.WaitAsync(Guard)).Records.Should().ContainSingle();
    }

    [Fact]
    public async Task HostSlept_TcpConnectionsAreMadeAnew()
    {
        SleepingClock clock = new();
        DnsTestServer server = StartZone();
        DnsResolver resolver = CreateResolver(options =>
        {
            options.TimeProvider = clock;
            options.Servers = [new DnsServer(server.EndPoint, DnsProtocol.Tcp)];
        });
        await QueryAsync(resolver, "n0.test");
        await QueryAsync(resolver, "n1.test");

        clock.Slept = TimeSpan.FromSeconds(31);
        await QueryAsync(resolver, "n2.test");

        server.Queries.Select(query => query.Connection).Should().Equal(1, 1, 2);
        await server.WaitForOpenConnectionsAsync(1).WaitAsync(Guard);
    }

    [Fact]
    public async Task HostSlept_WhatIsBelievedAboutServersIsForgotten()
    {
        SleepingClock clock = new();
        DnsTestServer second = StartZone();
        DnsTestServer gone = DnsTestServer.Start();
        await gone.DisposeAsync();
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = clock, gone, second);
        await QueryAsync(resolver, "n0.test");
        int before = resolver.Pipeline.Engine.Context.Servers[0].Badness;

        clock.Slept = TimeSpan.FromSeconds(31);
        DnsAnswer<DnsRecord> cached = await QueryAsync(resolver, "n0.test");
        int after = resolver.Pipeline.Engine.Context.Servers[0].Badness;
        await QueryAsync(resolver, "n1.test");

        before.Should().BePositive();
        cached.Records.Should().ContainSingle();
        after.Should().BePositive("a hit asks no server");
        second.Queries.Should().HaveCount(2);
        resolver.Pipeline.Engine.Context.Servers[1].Latency.Samples.Should().Be(1, "what was learnt before the sleep is gone");
    }

    private DnsTestServer StartZone() => StartServer().OnAnyQuery(Answer);

    private static void Answer(DnsTestQuery query, DnsTestResponse response) => response.AddAddress("192.0.2.1");

    private static Task<DnsAnswer<DnsRecord>> QueryAsync(DnsResolver resolver, string name) =>
        resolver.QueryAsync(name, DnsRecordType.A).AsTask().WaitAsync(Guard);

    private async Task LetFirstFailAsync(DnsResolver resolver, DnsTestServer first)
    {
        for (int i = 0; i < 2; i++)
        {
            Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask();
            await first.WaitForQueriesAsync(i + 1).WaitAsync(Guard);
            Time.Advance(s_firstTry);
            await lookup.WaitAsync(Guard);
        }
    }

    private static async Task<bool> IsAskedFirstAgainAsync(DnsResolver resolver, DnsTestServer first, DnsTestServer second)
    {
        for (int i = 0; i < 1000; i++)
        {
            string name = $"again{i}.test";
            await QueryAsync(resolver, name);
            if (!second.Queries.Any(query => query.Name == name))
            {
                return first.Queries.Any(query => query.Name == name);
            }

            await SettleAsync();
        }

        return false;
    }

    private sealed class SleepingClock : FakeTimeProvider
    {
        /// <summary>Gets or sets how far the wall clock is ahead of the monotonic one.</summary>
        public TimeSpan Slept { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Slept;

        public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
    }
}

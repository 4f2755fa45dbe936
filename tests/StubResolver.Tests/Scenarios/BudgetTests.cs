using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>One lookup has one budget, and three ways to end early.</summary>
public sealed class BudgetTests : ScenarioTestBase
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task SilentServersAndFourCandidates_NeverOverLookupTimeoutAnd50Ms(int count)
    {
        Host.ResolvConf = "search x.test y.test z.test\noptions ndots:5";
        DnsTestServer[] servers = [.. Enumerable.Range(0, count).Select(_ => StartSilentServer())];
        DnsResolver resolver = CreateResolver(servers);

        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("db").AsTask();
        Func<Task> act = () => AdvanceUntilEndAsync(lookup, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10.05));

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        exception.DnsError.Should().Be(DnsError.Timeout);
        exception.Name.Should().Be("db");
        exception.Attempts.Select(attempt => attempt.Name).Distinct().Should().Equal(["db.x.test", "db"], "after a timeout only the name as typed is tried");
        foreach (DnsTestServer server in servers)
        {
            int listed = exception.Attempts.Count(attempt => attempt.Server.EndPoint.Equals(server.EndPoint) && attempt.Protocol == DnsProtocol.Udp);
            IReadOnlyList<DnsTestQuery> arrived = await server.WaitForQueriesAsync(listed, query => query.Protocol == DnsProtocol.Udp).WaitAsync(Guard);
            listed.Should().BePositive();
            arrived.Should().HaveCountLessThanOrEqualTo(listed + (count > 1 ? 3 : 0), "every transmission is listed; beside them other servers may be probed");
        }
    }

    [Fact]
    public async Task SilentFirstCandidate_TakesHalfTheBudget()
    {
        Host.ResolvConf = "search x.test y.test\noptions ndots:5";
        DnsTestServer server = StartServer().AddAddress("db", "127.0.0.1").On("db.x.test", (_, response) => response.Drop());
        DnsResolver resolver = CreateResolver(server);

        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("db").AsTask();
        await AdvanceUntilAsync(() => server.Queries.Any(query => query.Name == "db"), TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(10));
        DnsAnswer<DnsAddressRecord> answer = await lookup.WaitAsync(Guard);

        answer.CanonicalName.Should().Be("db");
        server.Queries.Where(query => query.Name == "db").Should().OnlyContain(query => query.Elapsed >= TimeSpan.FromSeconds(5));
        server.Queries.Should().NotContain(query => query.Name == "db.y.test");
    }

    [Fact]
    public async Task AliasThatLeadsToSilence_SharesTheBudget()
    {
        DnsTestServer server = StartServer().On("a.test", (_, response) => response.AddAnswer(new DnsCNameRecord("a.test", TimeSpan.FromMinutes(5), "b.test")));
        server.On("b.test", (_, response) => response.Drop());
        DnsResolver resolver = CreateResolver(server);

        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync("a.test").AsTask();
        Func<Task> act = () => AdvanceUntilEndAsync(lookup, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10.05));

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        exception.DnsError.Should().Be(DnsError.Timeout);
        exception.Name.Should().Be("a.test");
        exception.Attempts.Select(attempt => attempt.Name).Distinct().Should().Equal("a.test", "b.test");
    }

    [Fact]
    public async Task ServersFailUntilTheEnd_IsATimeout()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.ServerFailure));
        DnsResolver resolver = CreateResolver(options => options.LookupTimeout = TimeSpan.FromMilliseconds(50), server);

        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromMilliseconds(50));
        Func<Task> act = () => lookup.WaitAsync(Guard);

        DnsException exception = (await act.Should().ThrowAsync<DnsException>()).Which;
        exception.DnsError.Should().Be(DnsError.Timeout);
        exception.Attempts.Should().ContainSingle();
    }

    [Fact]
    public async Task CallersToken_EndsTheLookupAtOnce_WithThatToken()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateResolver(server);
        using CancellationTokenSource caller = new();

        Task[] lookups =
        [
            resolver.ResolveAddressesAsync("a.test", caller.Token).AsTask(),
            resolver.ResolveTxtAsync("b.test", caller.Token).AsTask(),
            resolver.QueryAsync("c.test", DnsRecordType.A, caller.Token).AsTask(),
        ];
        await server.WaitForQueriesAsync(3).WaitAsync(Guard);
        await caller.CancelAsync();

        foreach (Task lookup in lookups)
        {
            Func<Task> act = () => lookup.WaitAsync(Guard);
            (await act.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(caller.Token);
        }
    }

    [Fact]
    public async Task CancelledBefore_SendsNothing()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1");
        DnsResolver resolver = CreateResolver(server);
        CancellationToken cancelled = new(canceled: true);

        Task[] lookups =
        [
            resolver.ResolveAddressesAsync("a.test", cancelled).AsTask(),
            resolver.ResolveTxtAsync("a.test", cancelled).AsTask(),
            resolver.QueryAsync("a.test", DnsRecordType.A, cancelled).AsTask(),
        ];
        await resolver.QueryAsync("a.test", DnsRecordType.A);

        lookups.Should().OnlyContain(lookup => lookup.IsCanceled);
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task OneOfTwoCallersLeaves_TheOtherGetsTheAnswer()
    {
        TaskCompletionSource gate = new();
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1").On("a.test", (_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateResolver(server);
        using CancellationTokenSource caller = new();

        Task<DnsAnswer<DnsRecord>> leaves = resolver.QueryAsync("a.test", DnsRecordType.A, caller.Token).AsTask();
        Task<DnsAnswer<DnsRecord>> stays = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        await caller.CancelAsync();
        gate.SetResult();

        (await stays.WaitAsync(Guard)).Records.Should().ContainSingle();
        leaves.IsCanceled.Should().BeTrue();
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task NoSlotUntilTheEnd_IsATimeoutThatSaysSoAndIsNotRemembered()
    {
        DnsTestServer server = StartServer().AddAddress("b.test", "127.0.0.1").On("a.test", (_, response) => response.Drop());
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.MaxConcurrentQueries = 1;
                options.LookupTimeout = TimeSpan.FromMilliseconds(400);
            },
            server);

        Task first = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Task second = resolver.QueryAsync("b.test", DnsRecordType.A).AsTask();
        Time.Advance(TimeSpan.FromMilliseconds(100));
        Task keepsTheSlot = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        Time.Advance(TimeSpan.FromMilliseconds(300));
        Func<Task> waitForFirst = () => first.WaitAsync(Guard);
        Func<Task> waitForSecond = () => second.WaitAsync(Guard);

        await waitForFirst.Should().ThrowAsync<DnsException>();
        DnsException exception = (await waitForSecond.Should().ThrowAsync<DnsException>()).Which;
        exception.DnsError.Should().Be(DnsError.Timeout);
        exception.Attempts.Should().BeEmpty();
        exception.Message.Should().Contain("b.test").And.Contain(nameof(DnsResolverOptions.MaxConcurrentQueries));
        Time.Advance(TimeSpan.FromMilliseconds(100));
        await ((Func<Task>)(() => keepsTheSlot.WaitAsync(Guard))).Should().ThrowAsync<DnsException>();
        (await resolver.QueryAsync("b.test", DnsRecordType.A).AsTask().WaitAsync(Guard)).Records.Should().ContainSingle();
    }
}

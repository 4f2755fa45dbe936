using StubResolver.Testing;

namespace StubResolver.Tests.Wild;

/// <summary>
/// Servers that close TCP connections while queries wait on them. Some close after one answer (tiny forwarders, old load balancers), some after a
/// fixed number, and all when they are restarted.
/// </summary>
public class TcpCloseTests : WildTestBase
{
    private const int Count = 20;

    public enum HangUp
    {
        /// <summary>Closed as a plain program does: a reset where queries are unread, else an orderly end.</summary>
        Plain,

        /// <summary>The server's side ends; queries that come later are read and dropped.</summary>
        Orderly,

        /// <summary>A reset right after the answer.</summary>
        Reset,
    }

    public static TheoryData<bool, int, HangUp> Closers
    {
        get
        {
            TheoryData<bool, int, HangUp> data = [];
            foreach (bool isTcpServer in new[] { false, true })
            {
                foreach (int answers in new[] { 1, 2, 10 })
                {
                    foreach (HangUp how in Enum.GetValues<HangUp>())
                    {
                        data.Add(isTcpServer, answers, how);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Closers))]
    public async Task QueryAsync_ServerClosesAfterSomeAnswers_AllAreAnswered(bool isTcpServer, int answers, HangUp how)
    {
        WildServer server = StartWild(Truncated, connection => AnswerThenEndAsync(connection, answers, how));
        DnsResolver resolver = CreateResolver(isTcpServer, server);

        DnsAnswer<DnsRecord>[] answered = await AskAllAsync(resolver, "n");

        answered.Should().OnlyContain(answer => answer.Records.Count == 1);
        server.ConnectionCount.Should().BeInRange(Count / answers, (Count / answers) + 1, "each connection brings what the server gives on one");
        int most = answers == 1 ? 20 + 19 + 18 + 17 : Enumerable.Range(0, Count / answers).Sum(round => Count - (round * answers));
        TcpQueries(server).Should().BeInRange(Count, most, "each round has fewer; two that brought one answer tell, and one more may have begun before the first was over");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QueryAsync_ServerKnownToCloseAfterOneAnswer_IsAskedOneQueryAConnectionSideBySide(bool isTcpServer)
    {
        TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WildServer server = StartWild(Truncated, async connection =>
        {
            if (await connection.ReadAsync() is { } query)
            {
                await (query.Name.StartsWith('n') ? Task.CompletedTask : gate.Task);
                await connection.WriteMessageAsync(Answer(query));
                await connection.FinishAsync();
            }
        });
        DnsResolver resolver = CreateResolver(isTcpServer, server);
        await AskAllAsync(resolver, "n");
        (int connections, int queries) = (server.ConnectionCount, TcpQueries(server));

        Task<DnsAnswer<DnsRecord>[]> later = AskAllAsync(resolver, "m");
        await WaitUntilAsync(() => TcpQueries(server) == queries + 4);
        await SettleAsync();
        int sideBySide = server.ConnectionCount - connections;
        gate.SetResult();
        await later;

        sideBySide.Should().Be(4, "one query a connection, MaxTcpConnectionsPerServer at a time");
        (server.ConnectionCount - connections, TcpQueries(server) - queries).Should().Be((Count, Count), "nothing is asked in vain any more");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QueryAsync_ServerResetsWhenASecondQueryComes_AllAreAnswered(bool isTcpServer)
    {
        WildServer server = StartWild(Truncated, async connection =>
        {
            while (await connection.ReadAsync() is { } query && !connection.HasMore)
            {
                await connection.WriteMessageAsync(Answer(query));
            }

            connection.Reset();
        });
        DnsResolver resolver = CreateResolver(isTcpServer, server);

        DnsAnswer<DnsRecord>[] answered = await AskAllAsync(resolver, "n");

        answered.Should().OnlyContain(answer => answer.Records.Count == 1);
        server.ConnectionCount.Should().BeLessThanOrEqualTo(Count * 4, "each query moves three times at most");
    }

    [Theory]
    [InlineData(false, HangUp.Orderly)]
    [InlineData(true, HangUp.Orderly)]
    [InlineData(false, HangUp.Reset)]
    [InlineData(true, HangUp.Reset)]
    public async Task QueryAsync_ConnectionThatWasIdleIsDead_IsAskedAgainOnAnother(bool isTcpServer, HangUp how)
    {
        WildServer server = StartWild(Truncated, async connection =>
        {
            if (await connection.ReadAsync() is { } query)
            {
                await connection.WriteMessageAsync(Answer(query));
            }

            await connection.ReadAsync(); // a firewall forgot the connection: the next query finds nobody
            await EndAsync(connection, how);
        });
        DnsResolver resolver = CreateResolver(isTcpServer, server);

        for (int i = 0; i < Count; i++)
        {
            (await resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask().WaitAsync(Guard)).Records.Should().ContainSingle();
        }

        server.ConnectionCount.Should().BeLessThanOrEqualTo(Count);
        TcpQueries(server).Should().BeLessThanOrEqualTo(Count + 2, "two that were lost tell");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QueryAsync_ServerDropsAllButTheFirstQueryOfAConnection_AllAreAnsweredAfterOneTry(bool isTcpServer)
    {
        WildServer server = StartWild(Truncated, async connection =>
        {
            bool isFirst = true;
            while (await connection.ReadAsync() is { } query)
            {
                if (isFirst)
                {
                    await connection.WriteMessageAsync(Answer(query));
                }

                isFirst = false;
            }
        });
        DnsResolver resolver = CreateResolver(isTcpServer, server);

        Task<DnsAnswer<DnsRecord>[]> queries = AskAllAsync(resolver, "n");
        await WaitUntilAsync(() => TcpQueries(server) == Count);
        DnsAnswer<DnsRecord>[] answered = await AdvanceUntilEndAsync(queries, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3));

        answered.Should().OnlyContain(answer => answer.Records.Count == 1);
        server.ConnectionCount.Should().BeInRange(Count, 2 * Count, "on a busy machine the clock runs past a try of a query that goes alone, too");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QueryAsync_ServerAnswersInOrderAndOneNameNever_TheOthersAreAnswered(bool isTcpServer)
    {
        WildServer server = StartWild(Truncated, async connection =>
        {
            while (await connection.ReadAsync() is { } query)
            {
                await Task.Delay(query.Name == "n5.test" ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, connection.Stopping);
                await connection.WriteMessageAsync(Answer(query));
            }
        });
        DnsResolver resolver = CreateResolver(isTcpServer, server);
        Task<DnsAnswer<DnsRecord>>[] queries = [.. Enumerable.Range(0, Count).Select(i => resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask())];

        Task<DnsAnswer<DnsRecord>[]> others = Task.WhenAll(queries.Where((_, i) => i != 5));
        await WaitUntilAsync(() => server.Queries.Any(query => query is { Protocol: DnsProtocol.Tcp, Name: "n5.test" }));
        DnsAnswer<DnsRecord>[] answered = await AdvanceUntilEndAsync(others, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(4));

        answered.Should().HaveCount(Count - 1);
        queries[5].IsCompletedSuccessfully.Should().BeFalse();
        await AdvanceUntilAsync(() => queries[5].IsCompleted, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(20));
        await FluentActions.Awaiting(() => queries[5]).Should().ThrowAsync<DnsException>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QueryAsync_RepliesTwiceAndUnderOtherIds_ReachTheirQueriesAlone(bool isTcpServer)
    {
        WildServer server = StartWild(Truncated, async connection =>
        {
            byte[] lastId = [0, 0];
            while (await connection.ReadAsync() is { } query)
            {
                byte[] answer = Answer(query);
                await connection.WriteMessageAsync([.. lastId, .. answer[2..]]); // the id of the query before
                await connection.WriteMessageAsync(answer);
                await connection.WriteMessageAsync(answer);
                lastId = answer[..2];
            }
        });
        DnsResolver resolver = CreateResolver(isTcpServer, server);

        DnsAnswer<DnsRecord>[] answered = await AskAllAsync(resolver, "n");

        answered.Should().OnlyContain(answer => answer.Records.Single().Name == answer.Name);
        server.ConnectionCount.Should().Be(1, "the stream is still readable");
    }

    [Fact]
    public async Task QueryAsync_ServerIsRestarted_IsAskedAgainWhenItIsBack()
    {
        DnsTestServer old = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.Servers = [new DnsServer(old.EndPoint, DnsProtocol.Tcp)], old);
        await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        await old.DisposeAsync();
        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("b.test", DnsRecordType.A).AsTask();
        await WaitUntilAsync(() => resolver.Pipeline.Engine.Context.Servers[0].Badness > 0); // it was refused
        StartServer(old.EndPoint).AddAddress("b.test", "192.0.2.2");

        (await AdvanceUntilEndAsync(query, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(1))).Records.Should().ContainSingle();
    }

    private static IEnumerable<byte[]> Truncated(WildQuery query) => [new WildReply(query).Flags(0x8380).ToArray()];

    private static byte[] Answer(WildQuery query) => new WildReply(query).Address("192.0.2.1").ToArray();

    private static async Task AnswerThenEndAsync(WildConnection connection, int answers, HangUp how)
    {
        for (int i = 0; i < answers; i++)
        {
            if (await connection.ReadAsync() is not { } query)
            {
                return;
            }

            await connection.WriteMessageAsync(Answer(query));
        }

        await EndAsync(connection, how);
    }

    private static async Task EndAsync(WildConnection connection, HangUp how)
    {
        switch (how)
        {
            case HangUp.Orderly:
                await connection.FinishAsync();
                break;
            case HangUp.Reset:
                connection.Reset();
                break;
        }
    }

    private static int TcpQueries(WildServer server) => server.Queries.Count(query => query.Protocol == DnsProtocol.Tcp);

    private static Task<DnsAnswer<DnsRecord>[]> AskAllAsync(DnsResolver resolver, string prefix) =>
        Task.WhenAll(Enumerable.Range(0, Count).Select(i => resolver.QueryAsync($"{prefix}{i}.test", DnsRecordType.A).AsTask())).WaitAsync(Guard);

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 1000 && !condition(); i++)
        {
            await SettleAsync();
        }

        condition().Should().BeTrue();
    }

    private DnsResolver CreateResolver(bool isTcpServer, WildServer server) =>
        CreateResolver(options => options.Servers = [new DnsServer(server.EndPoint, isTcpServer ? DnsProtocol.Tcp : DnsProtocol.Udp)], server);
}

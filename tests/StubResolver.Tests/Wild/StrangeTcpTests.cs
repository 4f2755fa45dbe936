namespace StubResolver.Tests.Wild;

/// <summary>Servers that do strange things to TCP connections (RFC 7766): every query is answered, and the clock stands still.</summary>
public sealed class StrangeTcpTests : WildTestBase
{
    private const int Names = 50;

    /// <summary>How a connection is served, by where it was seen.</summary>
    private static readonly Dictionary<string, Func<WildConnection, Task>> s_servers = new()
    {
        ["systemd-resolved 239: closes after one answer"] = connection => AnswerAsync(connection, 1),
        ["made up: closes after ten answers"] = connection => AnswerAsync(connection, 10),
        ["a server met with dnsjava 3.4: resets at the second query"] = async connection =>
        {
            await AnswerAsync(connection, 1);
            await connection.ReadAsync();
            connection.Reset();
        },
        ["made up: one octet at a time"] = connection => ServeAsync(connection, async query =>
        {
            foreach (byte octet in Framed(Good(query)))
            {
                await connection.WriteAsync(new[] { octet });
            }
        }),
        ["made up: the length prefix on its own"] = connection => ServeAsync(connection, async query =>
        {
            byte[] frame = Framed(Good(query));
            await connection.WriteAsync(frame.AsMemory(0, 2));
            await connection.WriteAsync(frame.AsMemory(2));
        }),
        ["made up: an answer to nobody before each answer"] = connection => ServeAsync(connection, async query =>
        {
            byte[] message = Good(query);
            await connection.WriteMessageAsync([(byte)~message[0], .. message[1..]]);
            await connection.WriteMessageAsync(message);
        }),
        ["made up: our own query before each answer"] = connection => ServeAsync(connection, async query =>
        {
            await connection.WriteMessageAsync(query.Message);
            await connection.WriteMessageAsync(Good(query));
        }),
        ["made up: an answer to another question under our id before each answer"] = connection => ServeAsync(connection, async query =>
        {
            byte[] other = [.. WildReply.Name("other.test"), .. query.Question[^4..]];
            await connection.WriteMessageAsync(new WildReply(query, 0, other).Address("192.0.2.66").ToArray());
            await connection.WriteMessageAsync(Good(query));
        }),
        ["made up: each answer twice, in one segment"] = connection => ServeAsync(connection, async query =>
        {
            byte[] frame = Framed(Good(query));
            await connection.WriteAsync((byte[])[.. frame, .. frame]);
        }),
        ["blocky, 2025: TC over TCP too, with all records"] = connection => ServeAsync(connection, query =>
            connection.WriteMessageAsync(new WildReply(query).Flags(0x8380).Address("192.0.2.1").ToArray())),
        ["made up: an empty message, and the end, on the first connection"] = async connection =>
        {
            if (connection.Number > 1)
            {
                await AnswerAsync(connection, int.MaxValue);
            }
            else if (await connection.ReadAsync() is not null)
            {
                await connection.WriteAsync(new byte[2]);
            }
        },
        ["made up: accepts and closes, once"] = connection =>
            connection.Number == 1 ? Task.CompletedTask : AnswerAsync(connection, int.MaxValue),
        ["made up: resets before any answer, once"] = async connection =>
        {
            if (connection.Number > 1)
            {
                await AnswerAsync(connection, int.MaxValue);
            }
            else
            {
                await connection.ReadAsync();
                connection.Reset();
            }
        },
    };

    public static TheoryData<string> Servers => [.. s_servers.Keys];

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task QueryAsync_ManyTruncatedAtOnce_AllAreAnsweredOverTcp(string what)
    {
        WildServer server = StartWild(query => [new WildReply(query).Flags(0x8380).ToArray()], s_servers[what]);

        DnsAnswer<DnsRecord>[] answers = await AskManyAsync(CreateResolver(server));

        answers.Should().OnlyContain(answer => answer.Records.Count == 1 && answer.Records[0].ToString().EndsWith("192.0.2.1"), what);
        server.Queries.Count(query => query.Protocol == DnsProtocol.Udp).Should().Be(Names, "no question was asked again");
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task QueryAsync_ManyAtOnceAtATcpServer_AllAreAnswered(string what)
    {
        WildServer server = StartWild(query => [], s_servers[what]);
        DnsResolver resolver = CreateResolver(options => options.Servers = [new DnsServer(server.EndPoint, DnsProtocol.Tcp)]);

        DnsAnswer<DnsRecord>[] answers = await AskManyAsync(resolver);

        answers.Should().OnlyContain(answer => answer.Records.Count == 1 && answer.Records[0].ToString().EndsWith("192.0.2.1"), what);
    }

    [Fact]
    public async Task QueryAsync_AnswersInReverseOrder_AllFindTheirQuestions()
    {
        // made up: the last query first; BIND and Unbound answer as they come to know
        WildServer server = StartWild(query => [], async connection =>
        {
            List<WildQuery> queries = [];
            while (queries.Count < Names && await connection.ReadAsync() is { } query)
            {
                queries.Add(query);
            }

            foreach (WildQuery query in Enumerable.Reverse(queries))
            {
                await connection.WriteMessageAsync(new WildReply(query).Address("192.0.2." + query.Name[1..^5]).ToArray());
            }

            await connection.ReadAsync();
        });
        DnsResolver resolver = CreateResolver(options => options.Servers = [new DnsServer(server.EndPoint, DnsProtocol.Tcp)]);

        DnsAnswer<DnsRecord>[] answers = await AskManyAsync(resolver);

        answers.Select(answer => answer.Records[0].ToString().Split(' ', '\t')[^1]).Should().Equal(Enumerable.Range(0, Names).Select(i => $"192.0.2.{i}"));
        server.ConnectionCount.Should().Be(1);
    }

    [Fact]
    public async Task QueryAsync_ServFailWithoutAQuestionAndWithTc_AsksTheNextServer()
    {
        // an old Unbound, to a query with keepalive: twelve octets over TCP
        WildServer strange = StartWild(query => query.Protocol == DnsProtocol.Tcp
            ? new WildReply(query, 2, []).Flags(0x8322).Counts(question: 0)
            : new WildReply(query).Flags(0x8380));
        WildServer good = StartWild(query => new WildReply(query).Address("192.0.2.1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(strange, good), "a.test");

        answer.Records.Should().ContainSingle();
        strange.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp);
    }

    [Fact]
    public async Task QueryAsync_ClosesEveryConnectionAtOnce_FailsInABoundedNumberOfConnections()
    {
        // WSL 2 of 2021 and middleboxes: port 53 of TCP is open, and leads nowhere
        WildServer server = StartWild(query => [new WildReply(query).Flags(0x8380).ToArray()], serve: _ => Task.CompletedTask);

        Func<Task> act = () => WithinAsync(CreateResolver(server).QueryAsync("a.test", DnsRecordType.A), TimeSpan.FromSeconds(10));

        (await act.Should().ThrowAsync<DnsException>()).Which.IsTransient.Should().BeTrue();
        server.ConnectionCount.Should().BeInRange(1, 4, "a connection that answered nothing is replaced three times");
    }

    [Theory]
    [InlineData(new byte[] { 0, 0 }, "an empty message")]
    [InlineData(new byte[] { 0, 11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, "less than a header")]
    public async Task QueryAsync_MalformedFrameBehindTheAnswer_SpoilsNothing(byte[] frame, string what)
    {
        WildServer server = StartWild(query => [], connection => ServeAsync(connection, query =>
            connection.WriteAsync((byte[])[.. Framed(Good(query)), .. frame])));
        DnsResolver resolver = CreateResolver(options => options.Servers = [new DnsServer(server.EndPoint, DnsProtocol.Tcp)]);

        for (int i = 0; i < 3; i++)
        {
            (await AskAsync(resolver, $"n{i}.test")).Records.Should().ContainSingle(what);
        }
    }

    private static Task<DnsAnswer<DnsRecord>[]> AskManyAsync(DnsResolver resolver) =>
        Task.WhenAll(Enumerable.Range(0, Names).Select(i => resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask())).WaitAsync(Guard);

    private static async Task AnswerAsync(WildConnection connection, int count)
    {
        while (count-- > 0 && await connection.ReadAsync() is { } query)
        {
            await connection.WriteMessageAsync(Good(query));
        }
    }

    private static async Task ServeAsync(WildConnection connection, Func<WildQuery, Task> answer)
    {
        while (await connection.ReadAsync() is { } query)
        {
            await answer(query);
        }
    }

    private static byte[] Good(WildQuery query) => new WildReply(query).Address("192.0.2.1").ToArray();

    private static byte[] Framed(byte[] message) => [(byte)(message.Length >> 8), (byte)message.Length, .. message];
}

using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

public sealed class DnsTestServerTests : ServerTestBase
{
    [Fact]
    public async Task Start_ByDefault_ListensOnLoopbackWithBothProtocols()
    {
        RawReply overUdp = await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A));
        RawReply overTcp = await Client.AskTcpAsync(RawQuery.For("a.test", DnsRecordType.A));

        Server.EndPoint.Address.Should().Be(IPAddress.Loopback);
        overUdp.Addresses.Should().Equal(overTcp.Addresses).And.Equal("192.0.2.1");
    }

    [Fact]
    public async Task Start_IPv6Loopback_Answers()
    {
        await using DnsTestServer server = DnsTestServer.Start(new IPEndPoint(IPAddress.IPv6Loopback, 0)).AddAddress("a.test", "2001:db8::1");
        await using RawClient client = new(server);

        RawReply reply = await client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.Aaaa));

        reply.Addresses.Should().Equal("2001:db8::1");
    }

    [Theory]
    [InlineData(ProtocolType.Udp)]
    [InlineData(ProtocolType.Tcp)]
    public void Start_PortTaken_Throws(ProtocolType protocol)
    {
        using Socket other = new(AddressFamily.InterNetwork, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (protocol == ProtocolType.Tcp)
        {
            other.Listen();
        }

        Action act = () => DnsTestServer.Start((IPEndPoint)other.LocalEndPoint!);

        act.Should().Throw<SocketException>().Which.SocketErrorCode.Should().Be(SocketError.AddressAlreadyInUse);
    }

    [Fact]
    public async Task DisposeAsync_RepliesAndConnectionsPending_FreesThePort()
    {
        DnsTestServer server = DnsTestServer.Start().OnAnyQuery((_, response) => response.Delay(TimeSpan.FromDays(1)));
        await using RawClient client = new(server);
        await client.SendTcpAsync(RawQuery.For("a.test", DnsRecordType.A));
        await client.SendUdpAsync(RawQuery.For("a.test", DnsRecordType.A));
        await server.WaitForQueriesAsync(2, client.Token);

        await server.DisposeAsync();
        await server.DisposeAsync();

        await using DnsTestServer next = DnsTestServer.Start(server.EndPoint);
        next.EndPoint.Should().Be(server.EndPoint);
        Func<Task> read = () => client.ReceiveTcpAsync();
        await read.Should().ThrowAsync<IOException>("the connection is closed");
    }

    [Fact]
    public async Task Tcp_PipelinedQueries_AreAnsweredAsTheyAreReady()
    {
        TaskCompletionSource gate = new();
        Server.On("a.test", (_, response) => response.DelayUntil(gate.Task));
        await Client.SendTcpAsync(RawQuery.For("a.test", DnsRecordType.A, id: 1), RawQuery.For("b.test", DnsRecordType.A, id: 2));

        RawReply first = new(await Client.ReceiveTcpAsync());
        gate.SetResult();
        RawReply second = new(await Client.ReceiveTcpAsync());

        (first.Id, second.Id).Should().Be((2, 1), "a held reply does not hold up the others");
        Server.Queries.Select(query => query.Connection).Should().Equal(1, 1);
    }

    [Fact]
    public async Task Tcp_ClientClosesItsSideEarly_StillGetsItsReply()
    {
        using TcpClient client = new();
        await client.ConnectAsync(Server.EndPoint, Client.Token);
        NetworkStream stream = client.GetStream();
        byte[] query = RawQuery.For("a.test", DnsRecordType.A);
        await stream.WriteAsync((byte[])[.. RawQuery.UInt16(query.Length), .. query], Client.Token);
        client.Client.Shutdown(SocketShutdown.Send);

        using MemoryStream reply = new();
        await stream.CopyToAsync(reply, Client.Token);

        new RawReply(reply.ToArray()[2..]).Addresses.Should().Equal("192.0.2.1");
    }

    [Fact]
    public async Task Connections_OpenedAndClosed_AreCounted()
    {
        await using RawClient other = new(Server);
        await Client.AskTcpAsync(RawQuery.For("a.test", DnsRecordType.A));
        await other.AskTcpAsync(RawQuery.For("a.test", DnsRecordType.A));

        Client.CloseTcp();
        await Server.WaitForOpenConnectionsAsync(1, Client.Token);

        Server.ConnectionCount.Should().Be(2);
        Server.Queries.Select(query => query.Connection).Should().Equal(1, 2);
    }

    [Theory]
    [InlineData("1234", false, "shorter than a header")]
    [InlineData("123481000000000000000000", false, "a response")]
    [InlineData("123401000000000000000000", true, "no question")]
    [InlineData("1234010000010000000000000161", true, "a name that ends early")]
    [InlineData("123401000001000000000000C00C00010001", true, "a compression pointer")]
    [InlineData("12340100000100000000000000000100010000", true, "octets after the last record")]
    [InlineData("1234010000010000000000010000010001", true, "a record that is not there")]
    public async Task Query_Unreadable_IsAnsweredWithFormatErrorAndNotRecorded(string queryHex, bool isAnswered, string because)
    {
        await Client.SendUdpAsync(Convert.FromHexString(queryHex));
        await Client.SendUdpAsync(RawQuery.For("a.test", DnsRecordType.A, id: 7));

        List<string> replies = [await ReceiveHexAsync()];
        if (isAnswered)
        {
            replies.Add(await ReceiveHexAsync());
        }

        replies.Contains("123481010000000000000000").Should().Be(isAnswered, because);
        Server.Queries.Should().ContainSingle().Which.Id.Should().Be(7);
    }

    [Fact]
    public async Task On_ScriptsForTypeNameAndAll_TheMostParticularAnswers()
    {
        Server
            .OnAnyQuery((_, response) => response.Code(DnsResponseCode.Refused))
            .On("A.test.", (_, response) => response.Code(DnsResponseCode.ServerFailure))
            .On("a.test", DnsRecordType.A, (_, response) => response.Code(DnsResponseCode.NotImplemented));

        RawReply byType = await Client.AskUdpAsync(RawQuery.For("a.TEST", DnsRecordType.A));
        RawReply byName = await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.Aaaa));
        RawReply any = await Client.AskUdpAsync(RawQuery.For("b.test", DnsRecordType.A));

        (byType.Code, byName.Code, any.Code).Should().Be((4, 2, 5));
    }

    [Fact]
    public async Task On_ScriptThrows_AnswersServerFailureAndDisposeThrows()
    {
        DnsTestServer server = DnsTestServer.Start().OnAnyQuery((_, _) => throw new InvalidOperationException("broken script"));
        await using RawClient client = new(server);

        RawReply reply = await client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A, udpPayloadSize: 1232));

        reply.Code.Should().Be(2);
        System.Text.Encoding.UTF8.GetString(reply.Opt!.Data).Should().Contain("broken script");
        Func<Task> dispose = () => server.DisposeAsync().AsTask();
        await dispose.Should().ThrowAsync<InvalidOperationException>().WithMessage("broken script");
    }

    [Fact]
    public async Task WaitForQueriesAsync_Predicate_ReturnsTheQueriesThatCount()
    {
        Task<IReadOnlyList<DnsTestQuery>> wait = Server.WaitForQueriesAsync(2, query => query.Type == DnsRecordType.A, Client.Token);
        await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.A));
        await Client.AskUdpAsync(RawQuery.For("a.test", DnsRecordType.Aaaa));
        bool isEarly = wait.IsCompleted;
        await Client.AskUdpAsync(RawQuery.For("b.test", DnsRecordType.A));

        IReadOnlyList<DnsTestQuery> queries = await wait;

        isEarly.Should().BeFalse("only one A query had come");
        queries.Select(query => query.Name).Should().Equal("a.test", "b.test");
    }

    [Fact]
    public async Task WaitForQueriesAsync_Cancelled_ThrowsWithTheCallersToken()
    {
        using CancellationTokenSource source = new();
        Task wait = Server.WaitForQueriesAsync(1, source.Token);

        await source.CancelAsync();

        (await wait.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(source.Token);
    }

    [Fact]
    public async Task WaitForQueriesAsync_ServerDisposed_Throws()
    {
        Task wait = Server.WaitForQueriesAsync(1, Client.Token);

        await Server.DisposeAsync();

        await wait.Awaiting(task => task).Should().ThrowAsync<ObjectDisposedException>();
    }

    private async Task<string> ReceiveHexAsync() => Convert.ToHexString((await Client.ReceiveUdpAsync()).Buffer);
}

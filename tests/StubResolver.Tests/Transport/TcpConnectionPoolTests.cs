using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

/// <summary>How connections are opened, shared and given up.</summary>
public sealed class TcpConnectionPoolTests : TransportTestBase
{
    [Fact]
    public async Task Send_OneAfterTheOther_ReusesTheConnection()
    {
        await AskAsync(TcpRequest());
        await AskAsync(TcpRequest("b.test"));

        Server.ConnectionCount.Should().Be(1);
    }

    [Fact]
    public async Task Send_RepliesInAnotherOrder_ReachTheirQueries()
    {
        TaskCompletionSource gate = new();
        Server.On("a.test", (_, response) => response.DelayUntil(gate.Task));
        ITransmission first = Transport.Send(TcpRequest("a.test", tag: 1), Sink);
        ITransmission second = Transport.Send(TcpRequest("b.test", tag: 2), Sink);

        TransmissionEvent earlier = await Sink.NextAsync();
        gate.SetResult();
        TransmissionEvent later = await Sink.NextAsync();

        (earlier.Tag, later.Tag).Should().Be((2, 1));
        (AddressesOf(earlier)[0], AddressesOf(later)[0]).Should().Be(("192.0.2.2", "192.0.2.1"));
        Server.ConnectionCount.Should().Be(1);
        first.Stop();
        second.Stop();
    }

    [Fact]
    public async Task Send_ToUdpServer_NeverOpensASecondConnection()
    {
        await SendBehindSlowQueriesAsync(TcpRequest() with { Server = new DnsServer(Server.EndPoint) }, slow: 3);

        Server.ConnectionCount.Should().Be(1);
    }

    [Fact]
    public async Task Send_ToTcpServerBehindSlowQueries_OpensUpToFour()
    {
        await SendBehindSlowQueriesAsync(TcpRequest(), slow: 6);

        Server.ConnectionCount.Should().Be(4, "many servers answer one connection in order: behind a slow query the others wait too");
    }

    [Fact]
    public async Task Send_MoreThanAHundred_WaitInOrderForRoom()
    {
        const int Count = 105;
        TaskCompletionSource gate = new();
        Server.OnAnyQuery((_, response) => response.AddAddress("192.0.2.5").DelayUntil(gate.Task));
        TransmissionRequest request = TcpRequest() with { Server = new DnsServer(Server.EndPoint) };
        ITransmission[] transmissions =
            [.. Enumerable.Range(0, Count).Select(i => Transport.Send(request with { Name = $"n{i}.test", Tag = i }, Sink))];

        await Server.WaitForQueriesAsync(100, Guard);
        Server.Queries.Should().HaveCount(100, "no connection carries more at once");
        transmissions[0].Stop();
        await Server.WaitForQueriesAsync(101, Guard);
        gate.SetResult();
        for (int i = 1; i < Count; i++)
        {
            (await Sink.NextAsync()).Kind.Should().Be(TransmissionEventKind.Response);
        }

        Server.Queries.Skip(100).Select(query => query.Name).Should().Equal(Enumerable.Range(100, 5).Select(i => $"n{i}.test"));
        Server.ConnectionCount.Should().Be(1);
        Array.ForEach(transmissions[1..], transmission => transmission.Stop());
    }

    [Fact]
    public async Task Stop_QueryUnderWay_LeavesTheOthersAlone()
    {
        TaskCompletionSource gate = new();
        Server.OnAnyQuery((_, response) => response.DelayUntil(gate.Task));
        ITransmission leaving = Transport.Send(TcpRequest("a.test", tag: 1), Sink);
        ITransmission staying = Transport.Send(TcpRequest("b.test", tag: 2), Sink);
        await Server.WaitForQueriesAsync(2, Guard);

        leaving.Stop();
        gate.SetResult();

        (await Sink.NextAsync()).Tag.Should().Be(2);
        AddressesOf(await AskAsync(TcpRequest("b.test", tag: 3))).Should().Equal("192.0.2.2");
        Sink.HasMore.Should().BeFalse("the reply to the query that left is ignored");
        Server.ConnectionCount.Should().Be(1);
        staying.Stop();
    }

    [Fact]
    public async Task OnTryOver_SilentConnection_IsClosedAndItsQueriesMove()
    {
        Server.On("a.test", (query, response) => Drop(query, response, untilAttempt: 1));
        ITransmission transmission = Transport.Send(TcpRequest(), Sink);
        await Server.WaitForQueriesAsync(1, Guard);
        long tryStartedAt = Time.GetTimestamp();
        Time.Advance(TimeSpan.FromSeconds(1));

        transmission.OnTryOver(tryStartedAt);

        AddressesOf(await Sink.NextAsync()).Should().Equal("192.0.2.1");
        Server.ConnectionCount.Should().Be(2);
        await Server.WaitForOpenConnectionsAsync(1, Guard);
        transmission.Stop();
    }

    [Fact]
    public async Task OnTryOver_ServerThatAnswersInOrder_TheSlowQueryMovesBehindTheOthersAndHoldsNoNewOnes()
    {
        TaskCompletionSource gate = new();
        await using InOrderServer server = new("n0.test", gate.Task);
        TransmissionRequest[] requests = [.. Enumerable.Range(0, 4).Select(number => TcpRequest($"n{number}.test", number) with
        {
            Server = new DnsServer(server.EndPoint, DnsProtocol.Tcp),
        })];
        List<ITransmission> transmissions = [.. requests[..3].Select(request => Transport.Send(request, Sink))];
        long tryStartedAt = Time.GetTimestamp();
        await server.SlowArrived.WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1));

        transmissions[2].OnTryOver(tryStartedAt);
        int[] moved = [(await Sink.NextAsync()).Tag, (await Sink.NextAsync()).Tag];
        transmissions.Add(Transport.Send(requests[3], Sink));
        int added = (await Sink.NextAsync()).Tag;
        gate.SetResult();
        int last = (await Sink.NextAsync()).Tag;

        moved.Should().BeEquivalentTo([1, 2]);
        added.Should().Be(3, "the slow one is not old on its new connection, but known");
        last.Should().Be(0);
        server.ConnectionCount.Should().Be(3);
        transmissions.ForEach(transmission => transmission.Stop());
    }

    [Fact]
    public async Task OnTryOver_ConnectionThatAnsweredOthers_Stays()
    {
        TaskCompletionSource gate = new();
        Server.On("a.test", (_, response) => response.DelayUntil(gate.Task));
        ITransmission slow = Transport.Send(TcpRequest(tag: 1), Sink);
        long tryStartedAt = Time.GetTimestamp();
        Time.Advance(TimeSpan.FromMilliseconds(50));
        await AskAsync(TcpRequest("b.test", tag: 2));

        slow.OnTryOver(tryStartedAt);
        gate.SetResult();

        (await Sink.NextAsync()).Tag.Should().Be(1);
        Server.ConnectionCount.Should().Be(1);
        slow.Stop();
    }

    [Fact]
    public async Task OnTryOver_ConnectionThatFellSilentLater_IsClosedOnceItWasForAWholeTry()
    {
        Server.On("a.test", (query, response) => Drop(query, response, untilAttempt: 1));
        TransmissionRequest request = TcpRequest(tag: 1) with { Server = new DnsServer(Server.EndPoint) };
        ITransmission transmission = Transport.Send(request, Sink);
        long tryStartedAt = Time.GetTimestamp();
        await Server.WaitForQueriesAsync(1, Guard);
        Time.Advance(TimeSpan.FromMilliseconds(400));
        await AskAsync(request with { Name = "b.test", Tag = 2 });
        Time.Advance(TimeSpan.FromMilliseconds(600));

        transmission.OnTryOver(tryStartedAt);

        Time.Advance(TimeSpan.FromMilliseconds(399));
        Sink.HasMore.Should().BeFalse();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        (await Sink.NextAsync()).Tag.Should().Be(1, "no further try of the query was needed for that");
        Server.ConnectionCount.Should().Be(2);
        transmission.Stop();
    }

    [Fact]
    public async Task OnTryOver_QueryThatMovedDuringTheTry_DoesNotCloseTheNewConnection()
    {
        Server.OnAnyQuery((_, response) => response.Drop());
        TransmissionRequest request = TcpRequest() with { Server = new DnsServer(Server.EndPoint) };
        ITransmission first = Transport.Send(request with { Tag = 1 }, Sink);
        long firstTry = Time.GetTimestamp();
        Time.Advance(TimeSpan.FromMilliseconds(10));
        ITransmission second = Transport.Send(request with { Tag = 2, Name = "b.test" }, Sink);
        long secondTry = Time.GetTimestamp();
        await Server.WaitForQueriesAsync(2, Guard);
        Time.Advance(TimeSpan.FromSeconds(1));

        first.OnTryOver(firstTry);
        await Server.WaitForQueriesAsync(4, Guard);
        second.OnTryOver(secondTry);
        await AskAsync(UdpRequest("c.test", tag: 3) with { Server = new DnsServer(IPEndPoint.Parse("127.255.255.255:53")) }); // an event to wait for

        Server.ConnectionCount.Should().Be(2, "the new connection had no whole try yet");
        first.Stop();
        second.Stop();
    }

    [Fact]
    public async Task DisposeAsync_QueriesUnderWay_ClosesAllAndFailsThem()
    {
        Server.OnAnyQuery((_, response) => response.Drop());
        ITransmission transmission = Transport.Send(TcpRequest(), Sink);
        await Server.WaitForQueriesAsync(1, Guard);

        await Transport.DisposeAsync();

        (await Sink.NextAsync()).SocketError.Should().Be(SocketError.OperationAborted);
        await Server.WaitForOpenConnectionsAsync(0, Guard);
        transmission.Stop();
    }

    [Fact]
    public async Task DisposeAsync_QueriesThatWaitForRoom_FailsThem()
    {
        const int Count = 103;
        Server.OnAnyQuery((_, response) => response.Drop());
        TransmissionRequest request = TcpRequest() with { Server = new DnsServer(Server.EndPoint) };
        for (int i = 0; i < Count; i++)
        {
            Transport.Send(request with { Tag = i }, Sink);
        }

        await Server.WaitForQueriesAsync(100, Guard);
        await Transport.DisposeAsync();

        List<int> failed = [];
        for (int i = 0; i < Count; i++)
        {
            TransmissionEvent last = await Sink.NextAsync();
            last.SocketError.Should().Be(SocketError.OperationAborted);
            failed.Add(last.Tag);
        }

        failed.Should().BeEquivalentTo(Enumerable.Range(0, Count), "each ends, and once");
    }

    [Fact]
    public async Task Send_AfterDisposal_FailsTheQuery()
    {
        await AskAsync(TcpRequest());
        await Transport.DisposeAsync();

        (await AskAsync(TcpRequest())).SocketError.Should().Be(SocketError.OperationAborted);
    }

    [Fact]
    public async Task Send_ClosedPort_PostsTheRefusal()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp); // a UDP port: nobody listens on TCP there
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        TransmissionEvent reply = await AskAsync(TcpRequest() with { Server = new DnsServer((IPEndPoint)taken.LocalEndPoint!, DnsProtocol.Tcp) });

        reply.Kind.Should().Be(TransmissionEventKind.Failed);
        reply.SocketError.Should().Be(SocketError.ConnectionRefused);
    }

    [Fact]
    public async Task Post_SinkThatBlocks_DoesNotHoldUpTheConnection()
    {
        using BlockingSink blocked = new();
        ITransmission first = Transport.Send(TcpRequest(tag: 1), blocked);
        await blocked.Reached.WaitAsync(Guard);

        AddressesOf(await AskAsync(TcpRequest("b.test", tag: 2))).Should().Equal(["192.0.2.2"], "a caller that blocks harms nobody else");

        blocked.Dispose();
        first.Stop();
    }

    private static void Drop(DnsTestQuery query, DnsTestResponse response, int untilAttempt)
    {
        if (query.Attempt <= untilAttempt)
        {
            response.Drop();
        }
    }

    // Each query meets connections whose oldest query is over 100 ms old.
    private async Task SendBehindSlowQueriesAsync(TransmissionRequest request, int slow)
    {
        TaskCompletionSource gate = new();
        Server.On("a.test", (_, response) => response.DelayUntil(gate.Task));
        List<ITransmission> transmissions = [];
        for (int i = 0; i < slow; i++)
        {
            transmissions.Add(Transport.Send(request, Sink));
            await Server.WaitForQueriesAsync(i + 1, Guard);
            Time.Advance(TimeSpan.FromMilliseconds(101));
        }

        gate.SetResult();
        foreach (ITransmission transmission in transmissions)
        {
            (await Sink.NextAsync()).Kind.Should().Be(TransmissionEventKind.Response);
        }

        transmissions.ForEach(transmission => transmission.Stop());
    }

    private sealed class BlockingSink : ITransmissionSink, IDisposable
    {
        private readonly ManualResetEventSlim _release = new();
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Post(in TransmissionEvent transmissionEvent)
        {
            _reached.SetResult();
            _release.Wait();
        }

        public void Dispose() => _release.Set();
    }
}

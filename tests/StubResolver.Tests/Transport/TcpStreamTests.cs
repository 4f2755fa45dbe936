using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

/// <summary>What a stream may do to messages.</summary>
public sealed class TcpStreamTests : TransportTestBase
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3, 14)]
    [InlineData(1, 2, 3)]
    [InlineData(20)]
    public async Task Receive_ReplyInPieces_IsPutTogether(params int[] positions)
    {
        Server.On("a.test", (_, response) => response.SplitAt(positions));

        AddressesOf(await AskAsync(TcpRequest())).Should().Equal("192.0.2.1");
    }

    [Fact]
    public async Task Receive_OctetByOctet_IsPutTogether()
    {
        Server.On("a.test", (_, response) => response.ByteByByte());

        AddressesOf(await AskAsync(TcpRequest())).Should().Equal("192.0.2.1");
    }

    [Fact]
    public async Task Receive_FinRightAfterAWholeFrame_TakesTheReply()
    {
        Server.On("a.test", (_, response) => response.Close(DnsTestClose.AfterReply));

        AddressesOf(await AskAsync(TcpRequest())).Should().Equal("192.0.2.1");
    }

    [Theory]
    [InlineData(DnsTestClose.BeforeReply)]
    [InlineData(DnsTestClose.InsideLengthPrefix)]
    [InlineData(DnsTestClose.InsideMessage)]
    public async Task Receive_ConnectionClosedBeforeTheEnd_AsksAgainOnAnother(DnsTestClose where)
    {
        Server.On("a.test", (query, response) =>
        {
            if (query.Attempt == 1)
            {
                response.Close(where);
            }
        });

        AddressesOf(await AskAsync(TcpRequest())).Should().Equal("192.0.2.1");
        Server.ConnectionCount.Should().Be(2);
    }

    [Theory]
    [InlineData("", "no octets at all")]
    [InlineData("0102030405060708090A0B", "shorter than a header")]
    public async Task Receive_ImpossibleLength_ClosesAndAsksAgainOnAnother(string message, string because)
    {
        Server.On("a.test", (query, response) =>
        {
            if (query.Attempt == 1)
            {
                response.Raw(Convert.FromHexString(message));
            }
        });

        AddressesOf(await AskAsync(TcpRequest())).Should().Equal(["192.0.2.1"], because);
        Server.ConnectionCount.Should().Be(2);
    }

    [Fact]
    public async Task Receive_ClosedAgainAndAgain_FailsAfterThreeMoves()
    {
        Server.On("a.test", (_, response) => response.Close());

        TransmissionEvent reply = await AskAsync(TcpRequest());

        reply.Kind.Should().Be(TransmissionEventKind.Failed);
        reply.SocketError.Should().Be(SocketError.ConnectionReset);
        Server.Queries.Should().HaveCount(4, "once, and three times again");
    }

    [Fact]
    public async Task Receive_UnknownIdOrQuestion_IsIgnored()
    {
        Server.On("a.test", (_, response) => response.SendFirst(forged => forged.WrongId()).SendFirst(forged => forged.WrongQuestion("b.test")));

        AddressesOf(await AskAsync(TcpRequest())).Should().Equal("192.0.2.1");
        Server.ConnectionCount.Should().Be(1, "the stream is still readable");
    }

    [Fact]
    public async Task Receive_MatchingMessageThatDoesNotParse_PostsUnreadableAndKeepsTheConnection()
    {
        Server.On("a.test", (_, response) => response.NoEdns().Rewrite(message => message[..^1]));

        (await AskAsync(TcpRequest())).Kind.Should().Be(TransmissionEventKind.Unreadable);
        AddressesOf(await AskAsync(TcpRequest("b.test"))).Should().Equal("192.0.2.2");
        Server.ConnectionCount.Should().Be(1);
    }

    [Fact]
    public async Task Receive_LongestMessage_IsRead()
    {
        Server.On("a.test", (_, response) => response.Rewrite(message => [.. message, .. new byte[ushort.MaxValue - message.Length]]));

        AddressesOf(await AskAsync(TcpRequest())).Should().Equal(["192.0.2.1"], "octets after the last record are ignored");
    }

    [Fact]
    public async Task Receive_TruncatedReply_KeepsTheWholeRecords()
    {
        Server.On("a.test", (_, response) => response.AddAddress("192.0.2.9").NoEdns().SetFlags(DnsTestFlags.TC).Rewrite(message => message[..^3]));

        TransmissionEvent reply = await AskAsync(TcpRequest());

        reply.Kind.Should().Be(TransmissionEventKind.Response);
        AddressesOf(reply).Should().Equal("192.0.2.1");
    }

    [Fact]
    public async Task Send_Query_LeavesInOneSegmentWithItsLength()
    {
        const int TcpInfo = 11;
        const int DataSegmentsIn = 152; // of Linux's tcp_info
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        ITransmission transmission = Transport.Send(TcpRequest() with { Server = new DnsServer((IPEndPoint)listener.LocalEndPoint!, DnsProtocol.Tcp) }, Sink);
        using Socket accepted = await listener.AcceptAsync(Guard);
        byte[] frame = new byte[1000];
        int received = await accepted.ReceiveAsync(frame, Guard);
        while (received < 2 || received < 2 + ((frame[0] << 8) | frame[1]))
        {
            received += await accepted.ReceiveAsync(frame.AsMemory(received), Guard);
        }

        if (OperatingSystem.IsLinux())
        {
            byte[] info = new byte[256];
            accepted.GetRawSocketOption((int)SocketOptionLevel.Tcp, TcpInfo, info);
            BitConverter.ToInt32(info, DataSegmentsIn).Should().Be(1, "some servers drop a query whose length comes alone (RFC 7766 §8)");
        }

        received.Should().Be(2 + ((frame[0] << 8) | frame[1]));
        transmission.Stop();
    }
}

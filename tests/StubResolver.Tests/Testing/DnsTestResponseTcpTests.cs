using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

public sealed class DnsTestResponseTcpTests : ServerTestBase
{
    private const int FrameLength = 2 + 12 + 12 + 16; // prefix, header, question, record

    [Theory]
    [InlineData(DnsTestClose.BeforeReply, 0)]
    [InlineData(DnsTestClose.InsideLengthPrefix, 1)]
    [InlineData(DnsTestClose.InsideMessage, 2 + 20)]
    [InlineData(DnsTestClose.AfterReply, FrameLength)]
    public async Task Close_AtAPlace_SendsNothingAfterIt(DnsTestClose where, int expectedLength)
    {
        Server.On("a.test", (_, response) => response.Close(where));
        await Client.SendTcpAsync(RawQuery.For("a.test", DnsRecordType.A));

        List<byte[]> pieces = await Client.ReceivePiecesAsync(int.MaxValue);

        pieces.Sum(piece => piece.Length).Should().Be(expectedLength);
    }

    [Fact]
    public async Task Close_QueriesAfterIt_AreNotRecordedAndTheClientMayClose()
    {
        Server.On("a.test", (_, response) => response.Close());
        await Client.SendTcpAsync(RawQuery.For("a.test", DnsRecordType.A));
        await Client.ReceivePiecesAsync(int.MaxValue);

        await Client.SendTcpAsync(RawQuery.For("b.test", DnsRecordType.A));
        Client.CloseTcp();
        await Server.WaitForOpenConnectionsAsync(0, Client.Token);

        Server.Queries.Should().ContainSingle().Which.Name.Should().Be("a.test");
    }

    [Fact]
    public async Task SplitAt_InsidePrefixAndMessage_ArrivesInPieces()
    {
        Server.On("a.test", (_, response) => response.SplitAt(1, 10));
        await Client.SendTcpAsync(RawQuery.For("a.test", DnsRecordType.A));

        List<byte[]> pieces = await Client.ReceivePiecesAsync(FrameLength);

        byte[] frame = [.. pieces.SelectMany(piece => piece)];
        new RawReply(frame[2..]).Addresses.Should().Equal("192.0.2.1");
    }

    [Fact]
    public async Task ByteByByte_Reply_ArrivesWhole()
    {
        Server.On("a.test", (_, response) => response.ByteByByte());

        RawReply reply = await Client.AskTcpAsync(RawQuery.For("a.test", DnsRecordType.A));

        reply.Addresses.Should().Equal("192.0.2.1");
    }
}

using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class TcpFrameTests
{
    [Theory]
    [InlineData("", TcpFrameState.Incomplete, "nothing came")]
    [InlineData("00", TcpFrameState.Incomplete, "half a prefix")]
    [InlineData("000C", TcpFrameState.Incomplete, "only the prefix")]
    [InlineData("000C0102030405060708090A0B", TcpFrameState.Incomplete, "the last octet is missing")]
    [InlineData("000C0102030405060708090A0B0C", TcpFrameState.Complete, "a header is the shortest message")]
    [InlineData("000C0102030405060708090A0B0C00", TcpFrameState.Complete, "the next frame has begun")]
    [InlineData("0000", TcpFrameState.Malformed, "no message has no octets")]
    [InlineData("000B0102030405060708090A0B", TcpFrameState.Malformed, "no message is shorter than a header")]
    [InlineData("000B", TcpFrameState.Malformed, "the length alone tells")]
    public void TryRead_Received_TellsWhatItIs(string received, object expected, string because)
    {
        TcpFrameState state = TcpFrame.TryRead(Convert.FromHexString(received), out ReadOnlySpan<byte> message);

        state.Should().Be((TcpFrameState)expected, because);
        message.Length.Should().Be(state == TcpFrameState.Complete ? 12 : 0);
    }

    [Fact]
    public void TryRead_LongestMessage_IsComplete()
    {
        byte[] received = new byte[2 + ushort.MaxValue];
        received[0] = received[1] = 0xFF;

        TcpFrame.TryRead(received, out ReadOnlySpan<byte> message).Should().Be(TcpFrameState.Complete);
        message.Length.Should().Be(ushort.MaxValue);
    }
}

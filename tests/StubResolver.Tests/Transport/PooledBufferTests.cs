using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class PooledBufferTests
{
    [Fact]
    public void Free_FullBuffer_GrowsAndKeepsWhatWasReceived()
    {
        using PooledBuffer buffer = new(16);
        byte[] expected = [.. Enumerable.Range(0, 1000).Select(value => (byte)value)];

        foreach (byte octet in expected)
        {
            buffer.Free.Span[0] = octet;
            buffer.Advance(1);
        }

        buffer.Filled.ToArray().Should().Equal(expected);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    public void Consume_FromTheFront_LeavesTheRest(int count)
    {
        using PooledBuffer buffer = new(16);
        byte[] octets = [1, 2, 3, 4, 5, 6, 7, 8];
        octets.CopyTo(buffer.Free);
        buffer.Advance(octets.Length);

        buffer.Consume(count);

        buffer.Filled.ToArray().Should().Equal(octets[count..]);
    }

    [Fact]
    public void Dispose_Twice_ReturnsTheArrayOnce()
    {
        PooledBuffer buffer = new(16);

        buffer.Dispose();
        buffer.Dispose();

        buffer.Invoking(disposed => disposed.Free).Should().Throw<ObjectDisposedException>("it belongs to somebody else now");
    }
}

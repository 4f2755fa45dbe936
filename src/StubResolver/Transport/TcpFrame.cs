using System.Buffers.Binary;
using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>The two-octet length before each message over TCP (RFC 1035 §4.2.2, RFC 7766 §8).</summary>
internal static class TcpFrame
{
    public const int PrefixLength = 2;

    /// <summary>Looks for a message at the start of what was received so far.</summary>
    public static TcpFrameState TryRead(ReadOnlySpan<byte> received, out ReadOnlySpan<byte> message)
    {
        message = default;
        if (received.Length < PrefixLength)
        {
            return TcpFrameState.Incomplete;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(received);
        if (length < MessageHeader.Size)
        {
            return TcpFrameState.Malformed;
        }

        if (received.Length < PrefixLength + length)
        {
            return TcpFrameState.Incomplete;
        }

        message = received.Slice(PrefixLength, length);
        return TcpFrameState.Complete;
    }
}

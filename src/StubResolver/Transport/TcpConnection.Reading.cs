using System.Net.Sockets;
using StubResolver.Wire;

namespace StubResolver.Transport;

/// <content>What is read from the stream.</content>
internal sealed partial class TcpConnection
{
    private const int InitialBuffer = 4096;

    private long _lastReceivedAt = long.MinValue;

    /// <summary>Reads until the stream ends or cannot be read any further.</summary>
    private async Task ReadAsync(Socket socket)
    {
        using PooledBuffer buffer = new(InitialBuffer);
        while (true)
        {
            int count = await socket.ReceiveAsync(buffer.Free, _closing.Token).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            buffer.Advance(count);
            if (!HandleFrames(buffer))
            {
                return;
            }
        }
    }

    private bool HandleFrames(PooledBuffer buffer)
    {
        lock (_owner.Gate)
        {
            _lastReceivedAt = _owner.Time.GetTimestamp();
        }

        int consumed = 0;
        while (TcpFrame.TryRead(buffer.Filled[consumed..], out ReadOnlySpan<byte> message) is var state and not TcpFrameState.Incomplete)
        {
            if (state == TcpFrameState.Malformed)
            {
                return false;
            }

            HandleMessage(message);
            consumed += TcpFrame.PrefixLength + message.Length;
        }

        buffer.Consume(consumed);
        return true;
    }

    private void HandleMessage(ReadOnlySpan<byte> message)
    {
        if (FindAsker(message) is not { } transmission)
        {
            return; // nobody's, or no longer
        }

        Response? response = Parse(message, transmission);
        lock (_owner.Gate)
        {
            if (transmission.Connection != this)
            {
                return; // stopped meanwhile
            }

            AnsweredCount++;
            _life.ObeyKeepalive(response?.Edns?.TcpKeepalive);
            Remove(transmission);
            _owner.PlaceWaiting();
        }

        transmission.Complete(response);
    }

    // A reply that cannot be read harms its own query alone: the stream goes on behind it.
    private Response? Parse(ReadOnlySpan<byte> message, TcpTransmission transmission)
    {
        try
        {
            return Response.TryParse(message, transmission.Request.Name, out Response? response) ? response : null;
        }
        catch (Exception e)
        {
            _owner.Report(e);
            return null;
        }
    }

    private TcpTransmission? FindAsker(ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        lock (_owner.Gate)
        {
            return _pending.TryGetValue(header.Id, out TcpTransmission? transmission)
                && ResponseMatcher.Match(transmission.Query, message, exactCase: false) == ResponseMatch.Match
                    ? transmission
                    : null;
        }
    }
}

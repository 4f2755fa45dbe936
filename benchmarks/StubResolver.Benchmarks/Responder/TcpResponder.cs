using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Benchmarks.Responder;

/// <summary>Answers pipelined queries over TCP: a thread a connection, all answers to what one read brought in one write.</summary>
internal sealed class TcpResponder : IDisposable
{
    private const int MaxFrameLength = 2 + ushort.MaxValue;
    private const int MinFrameLength = 2 + 17;

    private readonly Socket _listener;
    private readonly DelayedReplies? _delayed;

    public TcpResponder(IPEndPoint endPoint, DelayedReplies? delayed = null)
    {
        _delayed = delayed;
        _listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(endPoint);
        _listener.Listen();
        new Thread(Accept) { IsBackground = true, Name = "TCP responder" }.Start();
    }

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket connection = _listener.Accept();
                connection.NoDelay = true;
                new Thread(() => Serve(connection)) { IsBackground = true, Name = "TCP connection" }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private void Serve(Socket connection)
    {
        byte[] input = new byte[MaxFrameLength];
        byte[] output = new byte[input.Length + ((input.Length / MinFrameLength) * AnswerPatch.MaxGrowth) + AnswerPatch.MaxGrowth];
        int filled = 0;
        using (connection)
        {
            try
            {
                int received;
                while ((received = connection.Receive(input.AsSpan(filled))) > 0)
                {
                    filled += received;
                    (int consumed, int written) = Answer(input.AsSpan(0, filled), output);
                    input.AsSpan(consumed, filled - consumed).CopyTo(input);
                    filled -= consumed;
                    Send(connection, output.AsSpan(0, written));
                }
            }
            catch (SocketException)
            {
                // The client has left.
            }
        }
    }

    private void Send(Socket connection, ReadOnlySpan<byte> frames)
    {
        if (frames.IsEmpty)
        {
            return;
        }

        if (_delayed is null)
        {
            connection.Send(frames);
        }
        else
        {
            _delayed.Add(connection, frames, to: null);
        }
    }

    private static (int Consumed, int Written) Answer(ReadOnlySpan<byte> input, Span<byte> output)
    {
        int consumed = 0;
        int written = 0;
        while (input.Length - consumed >= 2)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(input[consumed..]);
            if (input.Length - consumed - 2 < length)
            {
                break;
            }

            input.Slice(consumed + 2, length).CopyTo(output[(written + 2)..]);
            consumed += 2 + length;
            int answer = AnswerPatch.Apply(output[(written + 2)..], length);
            if (answer > 0)
            {
                BinaryPrimitives.WriteUInt16BigEndian(output[written..], (ushort)answer);
                written += 2 + answer;
            }
        }

        return (consumed, written);
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Testing.Network;

/// <summary>One TCP connection: queries in the order they come, replies in the order they are ready (RFC 7766 §6.2.1.1).</summary>
internal sealed class TcpConnection : IDisposable
{
    private const int PrefixLength = 2;
    private static readonly TimeSpan s_pauseBetweenPieces = TimeSpan.FromMilliseconds(1);

    private readonly Socket _socket;
    private readonly int _number;
    private readonly Responder _responder;
    private readonly BackgroundWork _work;
    private readonly TimeProvider _timeProvider;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly List<Task> _replies = [];
    private volatile bool _isClosed;

    public TcpConnection(Socket socket, int number, Responder responder, BackgroundWork work, TimeProvider timeProvider)
    {
        socket.NoDelay = true;
        _socket = socket;
        _number = number;
        _responder = responder;
        _work = work;
        _timeProvider = timeProvider;
    }

    /// <summary>Receives and answers queries until the client closes the connection.</summary>
    public async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            IPEndPoint client = (IPEndPoint)_socket.RemoteEndPoint!;
            byte[] prefix = new byte[PrefixLength];
            while (await TryFillAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
                if (!await TryFillAsync(message, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                if (!_isClosed)
                {
                    IReadOnlyList<Delivery> deliveries = _responder.Respond(message, DnsProtocol.Tcp, client, _number);
                    _replies.Add(_work.Start(token => SendAsync(deliveries, token)));
                }
            }
        }
        catch (SocketException)
        {
            // The client reset the connection.
        }
    }

    /// <summary>Waits for the replies that are still on their way: a client may close its side as soon as it has asked.</summary>
    public Task FinishAsync() => Task.WhenAll(_replies);

    public void Dispose()
    {
        _socket.Dispose();
        _writing.Dispose();
    }

    private async Task SendAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken)
    {
        foreach (Delivery delivery in deliveries)
        {
            await delivery.WaitAsync(_timeProvider, cancellationToken).ConfigureAwait(false);
            await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                await WriteAsync(delivery, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                _isClosed = true; // by the client
            }
            finally
            {
                _writing.Release();
            }
        }
    }

    private async Task WriteAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (_isClosed)
        {
            return;
        }

        foreach (byte[] junk in delivery.Junk)
        {
            await SendAllAsync(Frame(junk), cancellationToken).ConfigureAwait(false);
        }

        byte[] frame = Frame(delivery.Message);
        int end = delivery.Close switch
        {
            DnsTestClose.BeforeReply => 0,
            DnsTestClose.InsideLengthPrefix => 1,
            DnsTestClose.InsideMessage => PrefixLength + (delivery.Message.Length / 2),
            _ => frame.Length,
        };
        int start = 0;
        foreach (int split in delivery.Splits.Where(split => split < end).Append(end))
        {
            await SendAllAsync(frame.AsMemory(start..split), cancellationToken).ConfigureAwait(false);
            start = split;
            if (split < end)
            {
                await Task.Delay(s_pauseBetweenPieces, cancellationToken).ConfigureAwait(false); // so that the client reads each piece by itself
            }
        }

        if (delivery.Close is not null)
        {
            // Only this side: closing the socket while queries are unread would reset it, and what was sent might be lost.
            _isClosed = true;
            _socket.Shutdown(SocketShutdown.Send);
        }
    }

    private static byte[] Frame(byte[] message)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(message.Length, ushort.MaxValue, nameof(message));
        byte[] frame = new byte[PrefixLength + message.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)message.Length);
        message.CopyTo(frame, PrefixLength);
        return frame;
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        while (!octets.IsEmpty)
        {
            int sent = await _socket.SendAsync(octets, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            octets = octets[sent..];
        }
    }

    private async Task<bool> TryFillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!buffer.IsEmpty)
        {
            int received = await _socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            if (received == 0)
            {
                return false;
            }

            buffer = buffer[received..];
        }

        return true;
    }
}

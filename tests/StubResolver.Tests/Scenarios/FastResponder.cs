using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Scenarios;

/// <summary>Answers every datagram with NODATA, from one thread, and notes where it came from: faster than a server that understands it.</summary>
internal sealed class FastResponder : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Thread _thread;

    public FastResponder()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.ReceiveBufferSize = 1 << 20;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public DnsServer Server => new((IPEndPoint)_socket.LocalEndPoint!);

    /// <summary>Ports and ids in the order they came. Read it when nothing is under way.</summary>
    public List<(int Port, int Id)> Received { get; } = [];

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private void Run()
    {
        byte[] message = new byte[512];
        SocketAddress source = new(AddressFamily.InterNetwork);
        try
        {
            while (true)
            {
                int length = _socket.ReceiveFrom(message, SocketFlags.None, source);
                Received.Add(((source.Buffer.Span[2] << 8) | source.Buffer.Span[3], (message[0] << 8) | message[1]));
                message[2] |= 0x80;
                message[3] |= 0x80;
                _socket.SendTo(message.AsSpan(0, length), SocketFlags.None, source);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // disposed
        }
    }
}

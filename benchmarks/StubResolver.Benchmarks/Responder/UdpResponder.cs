using System.Net;
using System.Net.Sockets;

namespace StubResolver.Benchmarks.Responder;

/// <summary>Answers datagrams on a thread of its own, one after the other, with blocking calls; allocates nothing once it runs without a delay.</summary>
internal sealed class UdpResponder : IDisposable
{
    private const int ReceiveBufferSize = 8 << 20;
    private const int MaxQueryLength = 1400;

    private readonly Socket _socket;
    private readonly DelayedReplies? _delayed;
    private readonly Thread _thread;

    /// <summary>Binds and starts.</summary>
    /// <param name="endPoint">Where to listen; port 0 for any.</param>
    /// <param name="delayed">Holds the answers back; null to send each at once.</param>
    public UdpResponder(IPEndPoint endPoint, DelayedReplies? delayed = null)
    {
        _delayed = delayed;
        _socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(endPoint);
        TryEnlargeReceiveBuffer();
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _thread = new Thread(Run) { IsBackground = true, Name = "UDP responder" };
        _thread.Start();
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    /// <summary>Ten thousand queries at once must not be dropped; the plain option stops at net.core.rmem_max.</summary>
    private void TryEnlargeReceiveBuffer()
    {
        _socket.ReceiveBufferSize = ReceiveBufferSize;
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        const int solSocket = 1;
        const int receiveBufferForce = 33;
        try
        {
            _socket.SetRawSocketOption(solSocket, receiveBufferForce, BitConverter.GetBytes(ReceiveBufferSize));
        }
        catch (SocketException)
        {
            // Needs CAP_NET_ADMIN; the usual size then has to do.
        }
    }

    private void Run()
    {
        byte[] buffer = new byte[MaxQueryLength + AnswerPatch.MaxGrowth];
        SocketAddress sender = new(_socket.AddressFamily);
        try
        {
            while (true)
            {
                int received = _socket.ReceiveFrom(buffer.AsSpan(0, MaxQueryLength), SocketFlags.None, sender);
                int length = AnswerPatch.Apply(buffer, received);
                if (length == 0)
                {
                    continue;
                }

                if (_delayed is null)
                {
                    _socket.SendTo(buffer.AsSpan(0, length), SocketFlags.None, sender);
                }
                else
                {
                    _delayed.Add(_socket, buffer.AsSpan(0, length), sender);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Scenarios;

/// <summary>
/// Datagrams to oneself: when one is back, earlier ones of other sockets have most likely been handled too, for all go the same way
/// through kernel and thread pool. Keeps a fake clock from running ahead of real sockets; nothing is right or wrong by it.
/// </summary>
internal sealed class Echo : IDisposable
{
    private const int RoundTrips = 4;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] _buffer = new byte[1];

    public Echo()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Connect(_socket.LocalEndPoint!);
    }

    public async Task WaitAsync()
    {
        for (int i = 0; i < RoundTrips; i++)
        {
            Task<int> receive = _socket.ReceiveAsync(_buffer); // first, so that it cannot complete on the spot
            _socket.Send(_buffer);
            await receive;
        }
    }

    public void Dispose() => _socket.Dispose();
}

using System.Net;
using System.Net.Sockets;

namespace StubResolver.Benchmarks.Fail;

/// <summary>Takes datagrams and connections, and never says a word.</summary>
internal sealed class SilentServer : IDisposable
{
    private readonly Socket _udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket _tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public SilentServer()
    {
        _udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _tcp.Bind(_udp.LocalEndPoint!);
        _tcp.Listen(backlog: 1024);
    }

    public IPEndPoint EndPoint => (IPEndPoint)_udp.LocalEndPoint!;

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }
}

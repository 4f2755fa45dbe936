using System.Net;
using System.Net.Sockets;

namespace StubResolver.Benchmarks.Fail;

/// <summary>Takes datagrams and connections, and never says a word.</summary>
internal sealed class SilentServer : IDisposable
{
    private const int Tries = 20;

    private readonly Socket _udp;
    private readonly Socket _tcp;

    public SilentServer() => (_udp, _tcp) = Bind(Tries);

    public IPEndPoint EndPoint => (IPEndPoint)_udp.LocalEndPoint!;

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    // A port that is free over UDP may be taken over TCP.
    private static (Socket Udp, Socket Tcp) Bind(int tries)
    {
        Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            udp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            tcp.Bind(udp.LocalEndPoint!);
            tcp.Listen(backlog: 1024);
            return (udp, tcp);
        }
        catch (SocketException) when (tries > 1)
        {
            udp.Dispose();
            tcp.Dispose();
            return Bind(tries - 1);
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace StubResolver.Testing.Network;

/// <summary>A UDP and a listening TCP socket on one address and port.</summary>
internal sealed record SocketPair(Socket Udp, Socket Tcp)
{
    private const int MaxTries = 50;
    private const int Backlog = 512;

    /// <summary>Binds both sockets; where the system chooses the port, until it finds one that is free for both.</summary>
    /// <exception cref="SocketException">The port is taken, or the address is not one of this host.</exception>
    public static SocketPair Bind(IPEndPoint endPoint)
    {
        for (int tries = 1; ; tries++)
        {
            Socket udp = new(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            Socket tcp = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                udp.Bind(endPoint);
                tcp.Bind(udp.LocalEndPoint!);
                tcp.Listen(Backlog);
                return new SocketPair(udp, tcp);
            }
            catch (SocketException exception)
            {
                udp.Dispose();
                tcp.Dispose();
                bool isTaken = exception.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
                if (endPoint.Port != 0 || !isTaken || tries == MaxTries)
                {
                    throw;
                }
            }
        }
    }
}

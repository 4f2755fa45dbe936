using System.Net;
using System.Net.Sockets;

namespace StubResolver.Transport;

/// <summary>Opens a fresh UDP socket, connected to a server: the kernel drops other senders and reports a closed port.</summary>
internal static class UdpSocket
{
    private const int FirstPort = 1024;
    private const int MaxBinds = 10;

    /// <exception cref="SocketException">No socket, no route, or not permitted.</exception>
    public static Socket Connect(EndPoint server, RandomSource random)
    {
        Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                BindRandomPort(socket, server, random);
            }

            socket.Connect(server);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Windows gives out ports in order (RFC 6056 §3.1); Linux, macOS and the BSDs at random.
    private static void BindRandomPort(Socket socket, EndPoint server, RandomSource random)
    {
        IPAddress any = server.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        for (int i = 1; ; i++)
        {
            try
            {
                socket.Bind(new IPEndPoint(any, FirstPort + random.NextInt32(IPEndPoint.MaxPort + 1 - FirstPort)));
                return;
            }
            catch (SocketException e) when (i < MaxBinds && e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // somebody has this port: draw again
            }
        }
    }
}

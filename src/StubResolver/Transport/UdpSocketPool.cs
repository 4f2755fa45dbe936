using System.Net;
using System.Net.Sockets;

namespace StubResolver.Transport;

/// <summary>
/// Opens connected UDP sockets. While other datagrams are in flight, a socket that is done gives up its port and is connected anew, which costs
/// a third of a new one and allocates nothing (benchmark: load); port, connection and id are fresh all the same. Thread-safe.
/// </summary>
/// <remarks>Idle sockets have no port, are never more than the datagrams in flight, and are closed when the last of those is done.</remarks>
internal sealed class UdpSocketPool(RandomSource random) : IDisposable
{
    private const int UnspecifiedAddressSize = 16;
    private const int MaxIdle = 4096;

    // Connecting to no family dissolves a connection and, on Linux, gives back a port that the system chose.
    private static readonly PreparedEndPoint s_nowhere = new(new SocketAddress(AddressFamily.Unspecified, UnspecifiedAddressSize));

    private readonly Lazy<bool> _canReuse = new(() => GivesUpPort(random), LazyThreadSafetyMode.PublicationOnly);
    private readonly IdlePool<Socket> _idleIPv4 = new(MaxIdle);
    private readonly IdlePool<Socket> _idleIPv6 = new(MaxIdle);
    private PaddedInt64 _inFlight;

    /// <summary>The sockets that are kept without use.</summary>
    public int IdleCount => _idleIPv4.Count + _idleIPv6.Count;

    /// <summary>The sockets that were asked for and not given back.</summary>
    public int InFlightCount => (int)Volatile.Read(ref _inFlight.Value);

    /// <summary>Connects a socket to a server from a fresh port.</summary>
    /// <exception cref="SocketException">No socket, no route, or not permitted.</exception>
    public Socket Connect(DnsServer server)
    {
        Interlocked.Increment(ref _inFlight.Value);
        try
        {
            return TryReuse(server) ?? UdpSocket.Connect(server.ConnectTarget, random);
        }
        catch
        {
            Interlocked.Decrement(ref _inFlight.Value);
            throw;
        }
    }

    /// <summary>Takes back a socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="isClean">Whether its last datagram was received without error, and nobody receives on it.</param>
    public void Release(Socket socket, bool isClean)
    {
        int others = (int)Interlocked.Decrement(ref _inFlight.Value);
        if (!(isClean && IdleCount < others && TryKeep(socket)))
        {
            socket.Dispose();
        }

        if (InFlightCount == 0)
        {
            Dispose();
        }
    }

    /// <summary>Closes what is idle.</summary>
    public void Dispose()
    {
        _idleIPv4.Clear();
        _idleIPv6.Clear();
    }

    private Socket? TryReuse(DnsServer server)
    {
        while (IdleOf(server.ConnectTarget.AddressFamily).TryTake(out Socket? socket))
        {
            try
            {
                socket.Connect(server.ConnectTarget);
                if (!socket.Poll(0, SelectMode.SelectRead)) // an empty datagram counts, too
                {
                    return socket;
                }
            }
            catch (SocketException)
            {
                // whatever it is, a new socket says it better
            }

            socket.Dispose(); // what came late for the last query must not meet the next one
        }

        return null;
    }

    private bool TryKeep(Socket socket)
    {
        if (!_canReuse.Value)
        {
            return false;
        }

        try
        {
            socket.Connect(s_nowhere);
        }
        catch (SocketException)
        {
            return false;
        }

        IdleOf(socket.AddressFamily).Return(socket);
        return true;
    }

    private IdlePool<Socket> IdleOf(AddressFamily family) => family == AddressFamily.InterNetwork ? _idleIPv4 : _idleIPv6;

    // Other systems, and some sandboxes that only look like Linux, keep the port. Nothing is sent.
    private static bool GivesUpPort(RandomSource random)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            PreparedEndPoint discard = new(new IPEndPoint(IPAddress.Loopback, 9));
            using Socket socket = UdpSocket.Connect(discard, random);
            int before = GetPort(socket);
            socket.Connect(s_nowhere);
            socket.Connect(discard);
            return GetPort(socket) != before;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    // A socket remembers its end point; another object for the same handle asks the system.
    private static int GetPort(Socket socket)
    {
        using Socket view = new(new SafeSocketHandle(socket.Handle, ownsHandle: false));
        return ((IPEndPoint)view.LocalEndPoint!).Port;
    }
}

using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Http;

/// <summary>Listeners on loopback addresses that accept, refuse, or swallow connections.</summary>
internal static class LoopbackAddress
{
    /// <summary>Whether ::1 can be used here.</summary>
    public static bool HasIPv6 { get; } = ProbeIPv6();

    public static Socket Listen(IPAddress address, int port = 0, int backlog = 16)
    {
        Socket listener = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(new IPEndPoint(address, port));
            listener.Listen(backlog);
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    public static int Port(this Socket listener) => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>Binds a port without listening: the port is nobody else's, and connections are refused.</summary>
    public static Socket Refuse(IPAddress address, int port = 0)
    {
        Socket holder = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        holder.Bind(new IPEndPoint(address, port));
        return holder;
    }

    /// <summary>Listens on a port with a queue that is full: Linux drops further SYNs, so connects wait, as for an address that is black-holed.</summary>
    public static async Task<(Socket Listener, Socket Filler)> SwallowAsync(IPAddress address, int port)
    {
        Socket listener = Listen(address, port, backlog: 0);
        Socket filler = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await filler.ConnectAsync(listener.LocalEndPoint!);
        return (listener, filler);
    }

    /// <summary>Finds a port that is free on several addresses, and keeps it: the first one listens, the others are made of it.</summary>
    public static async Task<T> WithPortOfAllAsync<T>(IPAddress first, Func<Socket, Task<T>> make)
    {
        for (int tries = 0; ; tries++)
        {
            Socket listener = Listen(first);
            try
            {
                return await make(listener);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse && tries < 20)
            {
                listener.Dispose();
            }
        }
    }

    private static bool ProbeIPv6()
    {
        try
        {
            Listen(IPAddress.IPv6Loopback).Dispose();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

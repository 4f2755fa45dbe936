using System.Net;
using System.Net.Sockets;

namespace StubResolver.Samples.Tests;

/// <summary>Ports for servers that cannot be asked which one they got.</summary>
internal static class LocalPort
{
    /// <summary>Starts something on a port that was free a moment ago, and on another one where that was taken meanwhile.</summary>
    public static async Task<T> StartAsync<T>(Func<int, Task<T>> start)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                return await start(FindFree());
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse && tries < 20)
            {
            }
        }
    }

    private static int FindFree()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

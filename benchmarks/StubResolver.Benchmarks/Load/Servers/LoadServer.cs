using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Benchmarks.Load.Servers;

/// <summary>The server that all clients ask, in a process of its own.</summary>
internal abstract class LoadServer : IDisposable
{
    private const int DnsPort = 53;
    private const int FirstPort = 15_353;

    protected LoadServer(string title, IPEndPoint endPoint, IPEndPoint? systemEndPoint)
    {
        Title = title;
        EndPoint = endPoint;
        SystemEndPoint = systemEndPoint;
    }

    public string Title { get; }

    /// <summary>Where clients ask that can be told a port.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Where getaddrinfo asks; null where port 53 is not ours to take.</summary>
    public IPEndPoint? SystemEndPoint { get; }

    public static async Task<LoadServer> StartAsync(string choice, int delay)
    {
        IPEndPoint endPoint = FindFreeEndPoint();
        IPEndPoint? systemEndPoint = FindSystemEndPoint();
        bool hasKnot = choice != "responder" && await ChildProcess.CanRunAsync("knotd", "--version");
        if (choice == "knot" && (!hasKnot || delay != 0))
        {
            throw new ArgumentException("Knot is not installed, or cannot hold answers back.");
        }

        return hasKnot && delay == 0
            ? await KnotServer.StartAsync(endPoint, systemEndPoint)
            : await ResponderServer.StartAsync(endPoint, systemEndPoint, delay);
    }

    public abstract void Dispose();

    /// <summary>Waits until the server answers.</summary>
    protected static async Task WaitUntilReadyAsync(Process process, IPEndPoint endPoint)
    {
        using Socket socket = new(SocketType.Dgram, ProtocolType.Udp);
        byte[] buffer = new byte[512];
        byte[] query = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'r', 4, .. "load"u8, 4, .. "test"u8, 0, 0, 1, 0, 1];
        for (int i = 0; i < 100; i++)
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException("The server ended: " + await process.StandardError.ReadToEndAsync());
            }

            using CancellationTokenSource timeout = new(TimeSpan.FromMilliseconds(100));
            try
            {
                await socket.SendToAsync(query, endPoint, timeout.Token);
                SocketReceiveFromResult result = await socket.ReceiveFromAsync(buffer, endPoint, timeout.Token);
                if (result.ReceivedBytes > query.Length)
                {
                    return;
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
        }

        throw new InvalidOperationException("The server does not answer.");
    }

    private static IPEndPoint FindFreeEndPoint()
    {
        for (int port = FirstPort; port < FirstPort + 1_000; port++)
        {
            if (IsFree(new IPEndPoint(IPAddress.Loopback, port)))
            {
                return new IPEndPoint(IPAddress.Loopback, port);
            }
        }

        throw new InvalidOperationException("No port is free.");
    }

    /// <summary>An address of 127.0.0.0/8 that another run, of another process, does not take.</summary>
    private static IPEndPoint? FindSystemEndPoint()
    {
        int process = Environment.ProcessId;
        IPEndPoint endPoint = new(new IPAddress([127, 53, (byte)(process >> 8), (byte)(1 + (process % 254))]), DnsPort);
        return OperatingSystem.IsLinux() && IsFree(endPoint) ? endPoint : null;
    }

    private static bool IsFree(IPEndPoint endPoint)
    {
        try
        {
            using Socket udp = new(SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(endPoint);
            using Socket tcp = new(SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(endPoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

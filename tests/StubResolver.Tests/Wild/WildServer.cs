using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Wild;

/// <summary>A server on one loopback port, UDP and TCP, that sends whatever octets it is told to.</summary>
internal sealed class WildServer : IAsyncDisposable
{
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly Func<WildQuery, IEnumerable<byte[]>> _respond;
    private readonly Func<WildConnection, Task> _serve;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<WildQuery> _queries = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task[] _loops;
    private int _connectionCount;

    private WildServer(Func<WildQuery, IEnumerable<byte[]>> respond, Func<WildConnection, Task>? serve)
    {
        (_respond, _serve) = (respond, serve ?? ServeAsync);
        (_udp, _tcp) = Bind();
        EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
        _tcp.Listen();
        _loops = [Task.Run(ReceiveAsync), Task.Run(AcceptAsync)];
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Gets the queries that arrived so far, over both protocols.</summary>
    public IReadOnlyList<WildQuery> Queries => [.. _queries];

    /// <summary>Gets how many TCP connections were accepted.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    /// <summary>Starts a server.</summary>
    /// <param name="respond">Returns what is sent for a query: each element is one datagram, or one message over TCP.</param>
    /// <param name="serve">Serves a TCP connection, which closes when the task ends; null answers each query as <paramref name="respond"/> says.</param>
    public static WildServer Start(Func<WildQuery, IEnumerable<byte[]>> respond, Func<WildConnection, Task>? serve = null) => new(respond, serve);

    /// <summary>Starts a server that sends one reply for each query.</summary>
    public static WildServer Start(Func<WildQuery, WildReply> respond) => new(query => [respond(query).ToArray()], serve: null);

    /// <summary>Sends a datagram that nobody asked for.</summary>
    public void Send(ReadOnlySpan<byte> datagram, IPEndPoint to) => _udp.SendTo(datagram, to);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _udp.Dispose();
        _tcp.Dispose();
        await Task.WhenAll([.. _loops, .. _connections]);
        _stopping.Dispose();
    }

    private async Task ServeAsync(WildConnection connection)
    {
        while (await connection.ReadAsync() is { } query)
        {
            foreach (byte[] message in _respond(query))
            {
                await connection.WriteMessageAsync(message);
            }
        }
    }

    private async Task ReceiveAsync()
    {
        byte[] buffer = new byte[ushort.MaxValue];
        IPEndPoint any = new(IPAddress.Any, 0);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                SocketReceiveFromResult received = await _udp.ReceiveFromAsync(buffer, any, _stopping.Token);
                WildQuery query = new(buffer[..received.ReceivedBytes], DnsProtocol.Udp, 0, ((IPEndPoint)received.RemoteEndPoint).Port);
                _queries.Enqueue(query);
                foreach (byte[] datagram in _respond(query))
                {
                    await _udp.SendToAsync(datagram, received.RemoteEndPoint, _stopping.Token);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // the asker closed its port, or the server stops
            }
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket socket = await _tcp.AcceptAsync(_stopping.Token);
                socket.NoDelay = true; // each write is a segment
                _connections.Add(RunAsync(new WildConnection(socket, Interlocked.Increment(ref _connectionCount), _queries.Enqueue, _stopping.Token)));
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // the server stops
        }
    }

    private async Task RunAsync(WildConnection connection)
    {
        try
        {
            await _serve(connection);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // the asker closed the connection, or the server stops
        }
        finally
        {
            connection.Dispose();
        }
    }

    private static (Socket Udp, Socket Tcp) Bind()
    {
        while (true)
        {
            Socket tcp = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                udp.Bind(tcp.LocalEndPoint!);
                return (udp, tcp);
            }
            catch (SocketException)
            {
                tcp.Dispose(); // free for TCP alone: draw again
                udp.Dispose();
            }
        }
    }
}

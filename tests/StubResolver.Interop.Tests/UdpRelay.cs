using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Interop.Tests;

/// <summary>Passes datagrams on to a server and back, and keeps what was asked. One client query at a time.</summary>
internal sealed class UdpRelay : IAsyncDisposable
{
    private readonly Socket _clientSide = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<byte[]> _queries = new();
    private readonly Task _running;

    public UdpRelay(IPEndPoint server)
    {
        _server = server;
        _clientSide.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _running = RunAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_clientSide.LocalEndPoint!;

    public IReadOnlyList<byte[]> Queries => [.. _queries];

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _running;
        _clientSide.Dispose();
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                SocketReceiveFromResult query = await _clientSide.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _closing.Token);
                _queries.Enqueue(buffer[..query.ReceivedBytes]);
                using Socket serverSide = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                await serverSide.ConnectAsync(_server, _closing.Token);
                await serverSide.SendAsync(buffer.AsMemory(0, query.ReceivedBytes), _closing.Token);
                int length = await serverSide.ReceiveAsync(buffer, _closing.Token);
                await _clientSide.SendToAsync(buffer.AsMemory(0, length), query.RemoteEndPoint, _closing.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }
}

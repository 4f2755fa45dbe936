using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Testing;

/// <summary>Plain sockets to a test server. Waits end with an exception after a time that no healthy run comes near.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly CancellationTokenSource _guard = new(TimeSpan.FromSeconds(30));
    private readonly UdpClient _udp;
    private readonly IPEndPoint _server;
    private TcpClient? _tcp;

    public RawClient(DnsTestServer server)
    {
        _server = server.EndPoint;
        _udp = new UdpClient(_server.AddressFamily);
        _udp.Client.Bind(new IPEndPoint(_server.Address, 0));
    }

    public CancellationToken Token => _guard.Token;

    public IPEndPoint UdpEndPoint => (IPEndPoint)_udp.Client.LocalEndPoint!;

    public async Task<RawReply> AskUdpAsync(byte[] query)
    {
        await SendUdpAsync(query);
        return new RawReply((await ReceiveUdpAsync()).Buffer);
    }

    public async Task SendUdpAsync(byte[] query) => await _udp.SendAsync(query, _server, Token);

    public async Task<UdpReceiveResult> ReceiveUdpAsync() => await _udp.ReceiveAsync(Token);

    public async Task<RawReply> AskTcpAsync(byte[] query)
    {
        await SendTcpAsync(query);
        return new RawReply(await ReceiveTcpAsync());
    }

    public async Task SendTcpAsync(params byte[][] queries)
    {
        byte[] frames = [.. queries.SelectMany(query => (byte[])[.. RawQuery.UInt16(query.Length), .. query])];
        await (await ConnectAsync()).WriteAsync(frames, Token);
    }

    public async Task<byte[]> ReceiveTcpAsync()
    {
        NetworkStream stream = await ConnectAsync();
        byte[] prefix = new byte[2];
        await stream.ReadExactlyAsync(prefix, Token);
        byte[] message = new byte[(prefix[0] << 8) | prefix[1]];
        await stream.ReadExactlyAsync(message, Token);
        return message;
    }

    /// <summary>Reads so many octets, or until the server closes its side, in the pieces that came.</summary>
    public async Task<List<byte[]>> ReceivePiecesAsync(int length)
    {
        NetworkStream stream = await ConnectAsync();
        List<byte[]> pieces = [];
        byte[] buffer = new byte[ushort.MaxValue];
        int received = 0;
        while (received < length)
        {
            int read = await stream.ReadAsync(buffer, Token);
            if (read == 0)
            {
                break;
            }

            received += read;
            pieces.Add(buffer[..read]);
        }

        return pieces;
    }

    public void CloseTcp() => _tcp?.Dispose();

    public ValueTask DisposeAsync()
    {
        _udp.Dispose();
        _tcp?.Dispose();
        _guard.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<NetworkStream> ConnectAsync()
    {
        if (_tcp is null)
        {
            _tcp = new TcpClient(_server.AddressFamily);
            await _tcp.ConnectAsync(_server, Token);
        }

        return _tcp.GetStream();
    }
}

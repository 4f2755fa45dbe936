using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StubResolver.Tests.Http;

/// <summary>A proxy on loopback that answers one CONNECT, whatever it is for, with a tunnel to a port of this host.</summary>
internal sealed class TunnelProxy : IAsyncDisposable
{
    private readonly Socket _listener = LoopbackAddress.Listen(IPAddress.Loopback);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public TunnelProxy(int target)
    {
        Port = _listener.Port();
        _running = RunAsync(target);
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(int target)
    {
        await using NetworkStream client = new(await _listener.AcceptAsync(_stopping.Token), ownsSocket: true);
        using TcpClient server = new();
        await ReadHeadersAsync(client);
        await server.ConnectAsync(IPAddress.Loopback, target, _stopping.Token);
        await client.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _stopping.Token);
        NetworkStream tunnel = server.GetStream();
        await Task.WhenAll(client.CopyToAsync(tunnel, _stopping.Token), tunnel.CopyToAsync(client, _stopping.Token));
    }

    // The client waits for the answer before it sends more: the headers end the last read.
    private async Task ReadHeadersAsync(NetworkStream client)
    {
        StringBuilder headers = new();
        byte[] buffer = new byte[1024];
        while (!headers.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int read = await client.ReadAsync(buffer, _stopping.Token);
            headers.Append(Encoding.ASCII.GetString(buffer, 0, read > 0 ? read : throw new EndOfStreamException()));
        }
    }
}

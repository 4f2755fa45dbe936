using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HttpClientSample;

/// <summary>An HTTP server on loopback that greets, and closes each connection so that every request has to connect anew.</summary>
internal sealed class LocalHttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public LocalHttpServer()
    {
        _listener.Start();
        _running = RunAsync(_stopping.Token);
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using TcpClient client = await _listener.AcceptTcpClientAsync(cancellationToken);
            try
            {
                await GreetAsync(client.GetStream(), cancellationToken);
            }
            catch (IOException)
            {
                // The client left; the next one may be served.
            }
        }
    }

    private static async Task GreetAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
        string host = "you";
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            host = line.StartsWith("Host: ", StringComparison.OrdinalIgnoreCase) ? line["Host: ".Length..].Split(':')[0] : host;
        }

        string body = $"hello from {host}";
        string response = $"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(response), cancellationToken);
    }
}

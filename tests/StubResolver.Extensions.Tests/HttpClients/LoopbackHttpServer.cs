using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StubResolver.Extensions.Tests.HttpClients;

/// <summary>An HTTP/1.1 server on a loopback port that answers every request with its own text and closes the connection.</summary>
internal sealed class LoopbackHttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly byte[] _response;
    private readonly Task _serving;

    public LoopbackHttpServer(string text = "hello")
    {
        _response = Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {text.Length}\r\nConnection: close\r\n\r\n{text}");
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri UriFor(string host) => new($"http://{host}:{Port}/");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using Socket socket = await _listener.AcceptSocketAsync(_stopping.Token);
            await using NetworkStream stream = new(socket);
            using StreamReader reader = new(stream, Encoding.ASCII);
            while (await reader.ReadLineAsync(_stopping.Token) is { Length: > 0 })
            {
            }

            await stream.WriteAsync(_response, _stopping.Token);
        }
    }
}

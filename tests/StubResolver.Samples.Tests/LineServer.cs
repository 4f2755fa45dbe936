using System.Net;
using System.Net.Sockets;

namespace StubResolver.Samples.Tests;

/// <summary>Answers one line with one text and closes the connection.</summary>
internal sealed class LineServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<string, string> _answer;
    private readonly Task _serving;

    public LineServer(Func<string, string> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

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
            using StreamReader reader = new(stream);
            await using StreamWriter writer = new(stream);
            if (await reader.ReadLineAsync(_stopping.Token) is { } line)
            {
                await writer.WriteAsync(_answer(line).AsMemory(), _stopping.Token);
            }
        }
    }
}

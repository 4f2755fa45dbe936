using System.Net.WebSockets;
using StubResolver;

namespace ClientSamples;

/// <summary>Web sockets connect through an invoker. Create one and share it.</summary>
public sealed class WebSocketClient(IDnsResolver resolver) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(new SocketsHttpHandler().UseDnsResolver(resolver));

    public async Task<ClientWebSocket> ConnectAsync(Uri uri, CancellationToken cancellationToken)
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(uri, _invoker, cancellationToken);
        return socket;
    }

    public void Dispose() => _invoker.Dispose();
}

using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>Connects TCP sockets.</summary>
/// <param name="configure">What is done with each socket before it connects.</param>
internal sealed class SocketDialer(Action<Socket>? configure)
{
    /// <inheritdoc cref="DialAddress"/>
    public async ValueTask<Socket> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            configure?.Invoke(socket);
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

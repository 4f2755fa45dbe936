using System.Net;
using System.Net.Sockets;

namespace ReadmeExamples;

/// <summary>Answers the first request of each connection with the same page.</summary>
public sealed class OnePageServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public OnePageServer()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient connection = await _listener.AcceptTcpClientAsync();
                await connection.GetStream().ReadAtLeastAsync(new byte[4096], minimumBytes: 1);
                await connection.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\npage"u8.ToArray());
            }
        }
        catch (Exception e) when (e is SocketException or IOException or ObjectDisposedException)
        {
            // The listener is disposed, or a client is gone: the examples are over.
        }
    }
}

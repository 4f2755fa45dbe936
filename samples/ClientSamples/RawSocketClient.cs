using System.Net.Sockets;
using System.Text;
using StubResolver;

namespace ClientSamples;

/// <summary>Any protocol over TCP: connect, then speak. All addresses of the host are raced (RFC 8305).</summary>
public static class RawSocketClient
{
    /// <summary>Asks a WHOIS server (RFC 3912): one line there, one text back.</summary>
    public static async Task<string> AskAsync(DnsConnector connector, string host, int port, string question, CancellationToken cancellationToken)
    {
        using Socket socket = await connector.ConnectAsync(host, port, cancellationToken);
        await using NetworkStream stream = new(socket);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(question + "\r\n"), cancellationToken);
        using StreamReader reader = new(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}

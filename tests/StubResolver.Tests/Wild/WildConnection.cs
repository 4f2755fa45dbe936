using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Wild;

/// <summary>One TCP connection at a <see cref="WildServer"/>, with all of its octets in the server's hands.</summary>
internal sealed class WildConnection(Socket socket, int number, Action<WildQuery> note, CancellationToken stopping) : IDisposable
{
    private const int PrefixLength = 2;

    /// <summary>Gets the number of the connection, from 1.</summary>
    public int Number => number;

    public CancellationToken Stopping => stopping;

    /// <summary>Reads the next query; null at the end of the stream.</summary>
    public async Task<WildQuery?> ReadAsync()
    {
        byte[] prefix = new byte[PrefixLength];
        if (!await FillAsync(prefix))
        {
            return null;
        }

        byte[] message = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        if (!await FillAsync(message))
        {
            return null;
        }

        WildQuery query = new(message, DnsProtocol.Tcp, number, ((IPEndPoint)socket.RemoteEndPoint!).Port);
        note(query);
        return query;
    }

    /// <summary>Writes octets as they are, in one segment where they fit.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            octets = octets[await socket.SendAsync(octets, stopping)..];
        }
    }

    /// <summary>Writes a message with its length prefix.</summary>
    public Task WriteMessageAsync(byte[] message) => WriteAsync((byte[])[(byte)(message.Length >> 8), (byte)message.Length, .. message]);

    /// <summary>Gets whether octets are there to be read.</summary>
    public bool HasMore => socket.Available > 0;

    /// <summary>Ends the server's side alone, and reads what still comes: a close with unread octets would be a reset.</summary>
    public async Task FinishAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        while (await ReadAsync() is not null)
        {
        }
    }

    /// <summary>Closes with a reset instead of an orderly end.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();

    private async Task<bool> FillAsync(Memory<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            int count = await socket.ReceiveAsync(octets, stopping);
            if (count == 0)
            {
                return false;
            }

            octets = octets[count..];
        }

        return true;
    }
}

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Caching;

/// <summary>Answers every query with an address of its type, and remembers nothing: for tests that measure memory.</summary>
internal sealed class AddressResponder : IDisposable
{
    private const int HeaderLength = 12;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Thread _thread;

    public AddressResponder()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public DnsServer Server => new((IPEndPoint)_socket.LocalEndPoint!);

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private void Run()
    {
        byte[] message = new byte[512];
        SocketAddress source = new(AddressFamily.InterNetwork);
        try
        {
            while (true)
            {
                _socket.ReceiveFrom(message, SocketFlags.None, source);
                int length = Answer(message);
                _socket.SendTo(message.AsSpan(0, length), SocketFlags.None, source);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // disposed
        }
    }

    // The answer takes the place of what comes after the question.
    private static int Answer(Span<byte> message)
    {
        int end = HeaderLength + message[HeaderLength..].IndexOf((byte)0) + 5;
        bool isAaaa = message[end - 3] == (byte)DnsRecordType.Aaaa;
        byte[] address = IPAddress.Parse(isAaaa ? "2001:db8::1" : "192.0.2.1").GetAddressBytes();
        byte[] record = [0xC0, HeaderLength, 0, message[end - 3], 0, 1, 0, 0, 1, 44, 0, (byte)address.Length, .. address];
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], 0x8180);
        BinaryPrimitives.WriteUInt16BigEndian(message[6..], 1);
        message[8..HeaderLength].Clear();
        record.CopyTo(message[end..]);
        return end + record.Length;
    }
}

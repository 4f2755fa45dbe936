using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests.Performance;

/// <summary>Answers A and AAAA of any name over UDP, on a thread of its own that allocates nothing: what a lookup allocates is then the resolver's.</summary>
internal sealed class LoopbackResponder : IDisposable
{
    private const int HeaderSize = 12;
    private const int QuestionTail = 5;

    private static readonly byte[] s_a = Convert.FromHexString("C00C000100010000012C0004C0000201");
    private static readonly byte[] s_aaaa = Convert.FromHexString("C00C001C00010000012C001020010DB8000000000000000000000001");

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Thread _thread;

    public LoopbackResponder()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose()
    {
        _socket.Dispose();
        _thread.Join();
    }

    private static int Answer(Span<byte> message)
    {
        int question = HeaderSize + message[HeaderSize..].IndexOf((byte)0) + QuestionTail;
        ReadOnlySpan<byte> record = BinaryPrimitives.ReadUInt16BigEndian(message[(question - 4)..]) == (int)DnsRecordType.A ? s_a : s_aaaa;
        record.CopyTo(message[question..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], 0x8180); // QR, RD, RA
        BinaryPrimitives.WriteUInt64BigEndian(message[4..], 0x0001_0001_0000_0000); // one question, one answer
        return question + record.Length;
    }

    private void Run()
    {
        byte[] buffer = new byte[512];
        SocketAddress sender = new(AddressFamily.InterNetwork);
        try
        {
            while (true)
            {
                _socket.ReceiveFrom(buffer, SocketFlags.None, sender);
                _socket.SendTo(buffer.AsSpan(0, Answer(buffer)), SocketFlags.None, sender);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed.
        }
    }
}

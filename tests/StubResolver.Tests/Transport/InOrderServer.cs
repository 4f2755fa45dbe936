using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StubResolver.Tests.Transport;

/// <summary>
/// A TCP server that answers each connection strictly in order, as many do, and keeps one name waiting. The name n258.test has the address 127.1.1.2.
/// </summary>
internal sealed class InOrderServer : IAsyncDisposable
{
    private const int HeaderSize = 12;
    private const int QuestionTail = 5; // root label, type and class

    private static readonly byte[] s_record = Convert.FromHexString("C00C000100010000012C0004");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _slowArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _slowName;
    private readonly Task _slow;
    private readonly Task _accepting;

    /// <param name="slowName">The name that is answered late.</param>
    /// <param name="slow">When it is answered.</param>
    public InOrderServer(string slowName, Task slow)
    {
        (_slowName, _slow) = (slowName, slow);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Ends when the slow name was asked for.</summary>
    public Task SlowArrived => _slowArrived.Task;

    public int ConnectionCount { get; private set; }

    public static string AddressOf(string name)
    {
        int number = int.Parse(name[1..name.IndexOf('.', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
        return $"127.1.{number >> 8}.{number & 0xFF}";
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync(_closing.Token);
                ConnectionCount++;
                connections.Add(ServeAsync(socket));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using NetworkStream stream = new(socket, ownsSocket: true);
        byte[] message = new byte[512];
        try
        {
            while (true)
            {
                await stream.ReadExactlyAsync(message.AsMemory(0, 2), _closing.Token);
                await stream.ReadExactlyAsync(message.AsMemory(2, BinaryPrimitives.ReadUInt16BigEndian(message)), _closing.Token);
                string name = ReadName(message);
                if (name == _slowName)
                {
                    _slowArrived.TrySetResult();
                    await _slow.WaitAsync(_closing.Token);
                }

                await stream.WriteAsync(message.AsMemory(0, WriteReply(message, name)), _closing.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Closed by one side or the other.
        }
    }

    private static string ReadName(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> label = frame.Slice(2 + HeaderSize + 1, frame[2 + HeaderSize]);
        return Encoding.ASCII.GetString(label) + ".test";
    }

    private static int WriteReply(Span<byte> frame, string name)
    {
        Span<byte> message = frame[2..];
        int end = HeaderSize + message[HeaderSize..].IndexOf((byte)0) + QuestionTail;
        s_record.CopyTo(message[end..]);
        IPAddress.Parse(AddressOf(name)).TryWriteBytes(message[(end + s_record.Length)..], out int addressLength);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], 0x8180); // QR, RD, RA
        BinaryPrimitives.WriteUInt64BigEndian(message[4..], 0x0001_0001_0000_0000); // one question, one answer
        int length = end + s_record.Length + addressLength;
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)length);
        return 2 + length;
    }
}

using System.Buffers.Binary;
using System.Net.Sockets;
using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>One query over a shared TCP connection; it moves to another connection when its own dies.</summary>
/// <remarks>Its event is posted from a work item of its own: what the sink runs on must not hold up the replies to others.</remarks>
internal sealed class TcpTransmission : ITransmission, IThreadPoolWorkItem
{
    private readonly TcpServerConnections _connections;
    private readonly TransmissionRequest _request;
    private readonly ITransmissionSink _sink;
    private readonly byte[] _frame = new byte[TcpFrame.PrefixLength + QueryWriter.MaxLength];
    private readonly int _length;
    private TransmissionEvent _last;

    /// <summary>Writes the query: where that is not possible, nothing was begun.</summary>
    public TcpTransmission(TcpServerConnections connections, in TransmissionRequest request, ITransmissionSink sink)
    {
        _connections = connections;
        _request = request;
        _sink = sink;
        _length = QueryBuffer.Write(request, id: 0, connections.Random, _frame.AsSpan(TcpFrame.PrefixLength));
        BinaryPrimitives.WriteUInt16BigEndian(_frame, (ushort)_length);
    }

    public ref readonly TransmissionRequest Request => ref _request;

    /// <summary>The connection it waits on; <see langword="null"/> while it waits for one. Guarded by the gate of its connections.</summary>
    public TcpConnection? Connection { get; set; }

    /// <summary>The id on that connection.</summary>
    public ushort Id
    {
        get => BinaryPrimitives.ReadUInt16BigEndian(Query);
        set => BinaryPrimitives.WriteUInt16BigEndian(_frame.AsSpan(TcpFrame.PrefixLength), value);
    }

    /// <summary>Length and query: they leave in one segment (RFC 7766 §8).</summary>
    public ReadOnlySpan<byte> Frame => _frame.AsSpan(0, TcpFrame.PrefixLength + _length);

    /// <summary>The query as sent on that connection, to compare the reply with.</summary>
    public ReadOnlySpan<byte> Query => _frame.AsSpan(TcpFrame.PrefixLength, _length);

    /// <summary>When it was put on that connection.</summary>
    public long QueuedAt { get; set; }

    /// <summary>How often it moved from a connection that had answered nothing.</summary>
    public int MoveCount { get; set; }

    /// <summary>Whether it was the oldest on a connection that fell silent: what comes behind it may have to wait for it.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Whether nobody waits for it any more. Guarded by the gate of its connections.</summary>
    public bool IsStopped { get; set; }

    public void Stop() => _connections.Stop(this);

    public void OnTryOver(long tryStartedAt) => _connections.OnTryOver(this, tryStartedAt);

    public void Fail(SocketError error) => End(new TransmissionEvent(_request.Tag, TransmissionEventKind.Failed, SocketError: error));

    public void Complete(Response? response) =>
        End(new TransmissionEvent(_request.Tag, response is null ? TransmissionEventKind.Unreadable : TransmissionEventKind.Response, response));

    void IThreadPoolWorkItem.Execute()
    {
        try
        {
            _sink.Post(_last);
        }
        catch (Exception e)
        {
            _connections.Report(e);
        }
    }

    private void End(in TransmissionEvent last)
    {
        _last = last;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }
}

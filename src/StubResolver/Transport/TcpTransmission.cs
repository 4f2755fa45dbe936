using System.Net.Sockets;
using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>One query over a shared TCP connection; it moves to another connection when its own dies.</summary>
/// <remarks>Its event is posted from a work item of its own: what the sink runs on must not hold up the replies to others.</remarks>
internal sealed class TcpTransmission(TcpServerConnections connections, in TransmissionRequest request, ITransmissionSink sink) : ITransmission, IThreadPoolWorkItem
{
    private readonly TransmissionRequest _request = request;
    private TransmissionEvent _last;

    public ref readonly TransmissionRequest Request => ref _request;

    /// <summary>The connection it waits on; <see langword="null"/> while it waits for one. Guarded by the gate of its connections.</summary>
    public TcpConnection? Connection { get; set; }

    /// <summary>The id on that connection.</summary>
    public ushort Id { get; set; }

    /// <summary>The query as sent on that connection, to compare the reply with.</summary>
    public ReadOnlyMemory<byte> Query { get; set; }

    /// <summary>When it was put on that connection.</summary>
    public long QueuedAt { get; set; }

    /// <summary>How often it moved to another connection.</summary>
    public int MoveCount { get; set; }

    /// <summary>Whether it was the oldest on a connection that fell silent: what comes behind it may have to wait for it.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Whether nobody waits for it any more. Guarded by the gate of its connections.</summary>
    public bool IsStopped { get; set; }

    public void Stop() => connections.Stop(this);

    public void OnTryOver(long tryStartedAt) => connections.OnTryOver(this, tryStartedAt);

    public void Fail(SocketError error) => End(new TransmissionEvent(_request.Tag, TransmissionEventKind.Failed, SocketError: error));

    public void Complete(Response? response) =>
        End(new TransmissionEvent(_request.Tag, response is null ? TransmissionEventKind.Unreadable : TransmissionEventKind.Response, response));

    void IThreadPoolWorkItem.Execute() => sink.Post(_last);

    private void End(in TransmissionEvent last)
    {
        _last = last;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }
}

using System.Net.Sockets;
using StubResolver.Diagnostics;
using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>
/// One datagram to one server: a connected socket with a fresh port, a fresh id (RFC 5452 §9.2), and a receive loop that waits past what does not match.
/// </summary>
/// <remarks>
/// Goes back to its pool when it was stopped and no receive is pending. An event argument with its own buffer, since a socket's own
/// would be allocated anew with each fresh socket.
/// </remarks>
internal sealed class UdpTransmission : SocketAsyncEventArgs, ITransmission, IThreadPoolWorkItem
{
    /// <summary>The largest datagram that is read; what is longer counts as truncated.</summary>
    public const int MaxDatagram = 4096;

    /// <summary>How many doubtful datagrams are reported: more than the near misses that end the trust in UDP, while a flood must not fill the memory.</summary>
    private const int MaxReports = 20;

    /// <summary>How many datagrams are looked at in a row before others get their turn: a flood must not hold up the thread it found.</summary>
    private const int MaxInARow = 16;

    private readonly UdpTransmissionPool _pool;
    private readonly Lock _gate = new();
    private readonly byte[] _query = new byte[QueryWriter.MaxLength];
    private Socket? _socket;
    private ITransmissionSink? _sink;
    private TransmissionRequest _request;
    private int _queryLength;
    private int _reports;
    private bool _isReceiving;
    private volatile bool _isStopped;
    private TransmissionEventKind? _endedWith;

    public UdpTransmission(UdpTransmissionPool pool)
        : base(true) // no execution context to capture
    {
        _pool = pool;
        SetBuffer(new byte[MaxDatagram + 1]); // one octet more tells a datagram that is longer than the rest of the buffer
    }

    /// <summary>Sends the query and begins to listen.</summary>
    public void Start(in TransmissionRequest request, ITransmissionSink sink)
    {
        _queryLength = QueryBuffer.Write(request, _pool.Random.NextUInt16(), _pool.Random, _query);
        _request = request;
        _sink = sink;
        _reports = 0;
        _isStopped = false;
        _endedWith = null;
        try
        {
            _socket = _pool.Sockets.Connect(request.Server);
            _socket.Send(_query.AsSpan(0, _queryLength));
        }
        catch (Exception e)
        {
            End(e is SocketException { SocketErrorCode: var error } ? Failure(error) : Fault(e));
            return;
        }

        _isReceiving = true;
        Receive();
    }

    public void Stop()
    {
        bool isIdle;
        Socket? socket;
        lock (_gate)
        {
            socket = _socket; // once stopped, a receive that ends gives this object away, and its next user has another socket
            _isStopped = true;
            isIdle = !_isReceiving;
        }

        if (isIdle)
        {
            Recycle(isClean: _endedWith == TransmissionEventKind.Response);
        }
        else
        {
            socket?.Dispose(); // ends the pending receive
        }
    }

    public void OnTryOver(long tryStartedAt)
    {
    }

    void IThreadPoolWorkItem.Execute() => Receive();

    // The pool runs this: an exception here would end the process.
    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (!TryEnd())
        {
            Receive();
        }
    }

    /// <summary>Receives until the transmission has ended, or until nothing more is there.</summary>
    private void Receive()
    {
        for (int i = 0; i < MaxInARow; i++)
        {
            try
            {
                SocketFlags = SocketFlags.None; // the last receive has left its own there, and the next one would take them for ours
                if (_socket!.ReceiveAsync(this))
                {
                    return;
                }
            }
            catch (Exception e)
            {
                End(Fault(e)); // or it was stopped between two receives
                return;
            }

            if (TryEnd())
            {
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Looks at what was received; returns whether the transmission has ended.</summary>
    private bool TryEnd()
    {
        TransmissionEvent? last;
        try
        {
            last = _isStopped ? Failure(SocketError) : SocketError switch
            {
                SocketError.Success => Examine(MemoryBuffer.Span[..BytesTransferred]),
                SocketError.MessageSize => Examine(MemoryBuffer.Span), // Windows: the buffer is full, and there was more
                _ => Failure(SocketError),
            };
        }
        catch (Exception e)
        {
            last = Fault(e);
        }

        if (last is null)
        {
            return false;
        }

        End(last.Value);
        return true;
    }

    /// <summary>Ends the transmission with an event, or without where it was stopped.</summary>
    private void End(in TransmissionEvent last)
    {
        _endedWith = last.Kind;
        ITransmissionSink sink = _sink!;
        bool isStopped;
        lock (_gate)
        {
            _isReceiving = false;
            isStopped = _isStopped;
        }

        if (isStopped)
        {
            Recycle(isClean: false);
        }
        else
        {
            sink.Post(last);
        }
    }

    /// <summary>Returns the event that ends the transmission, or <see langword="null"/> to wait for another datagram.</summary>
    private TransmissionEvent? Examine(ReadOnlySpan<byte> datagram)
    {
        switch (ResponseMatcher.Match(_query.AsSpan(0, _queryLength), datagram, _request.RandomizesCase))
        {
            case ResponseMatch.Match:
                return ExamineMatch(datagram);
            case ResponseMatch.CaseMismatch:
                _pool.Metrics.DatagramRejected(DatagramRejection.LetterCase);
                Response? folded = Parse(datagram, out bool isTruncated);
                Report(TransmissionEventKind.CaseMismatch, isTruncated ? null : folded);
                return null;
            case ResponseMatch.NearMiss:
                _pool.Metrics.DatagramRejected(DatagramRejection.Mismatch);
                Report(TransmissionEventKind.NearMiss);
                return null;
            default:
                _pool.Metrics.DatagramRejected(DatagramRejection.Junk);
                return null;
        }
    }

    private TransmissionEvent? ExamineMatch(ReadOnlySpan<byte> datagram)
    {
        Response? response = Parse(datagram, out bool isTruncated);
        if (_request.RequiresCookie && (response is null || !CookieCheck.IsAcceptable(_request.Cookie.Span, isKnown: true, response)))
        {
            _pool.Metrics.DatagramRejected(DatagramRejection.Cookie);
            Report(TransmissionEventKind.CookieMismatch, isTruncated ? null : response);
            return null;
        }

        return isTruncated ? new TransmissionEvent(_request.Tag, TransmissionEventKind.Truncated)
            : response is null ? new TransmissionEvent(_request.Tag, TransmissionEventKind.Unreadable)
            : new TransmissionEvent(_request.Tag, TransmissionEventKind.Response, response);
    }

    /// <summary>Reads a reply, whole or truncated; <see langword="null"/> where it cannot be read.</summary>
    private Response? Parse(ReadOnlySpan<byte> datagram, out bool isTruncated)
    {
        MessageHeader.TryRead(datagram, out MessageHeader header);
        isTruncated = header.IsTruncated || datagram.Length > MaxDatagram;
        return Response.TryParse(datagram, _request.Name, out Response? response) ? response : null;
    }

    /// <summary>Reports a datagram that is doubtful, and goes on listening.</summary>
    private void Report(TransmissionEventKind kind, Response? response = null)
    {
        if (_reports++ < MaxReports)
        {
            _sink!.Post(new TransmissionEvent(_request.Tag, kind, response));
        }
    }

    private TransmissionEvent Failure(SocketError error) => new(_request.Tag, TransmissionEventKind.Failed, SocketError: error);

    private TransmissionEvent Fault(Exception exception) => new(_request.Tag, TransmissionEventKind.Faulted, Fault: exception);

    private void Recycle(bool isClean)
    {
        if (_socket is not null)
        {
            _pool.Sockets.Release(_socket, isClean);
            _socket = null;
        }

        _sink = null;
        _request = default;
        if (_endedWith == TransmissionEventKind.Faulted)
        {
            Dispose(); // nobody knows what state it is in
        }
        else
        {
            _pool.Return(this);
        }
    }
}

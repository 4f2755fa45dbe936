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
internal sealed class UdpTransmission : SocketAsyncEventArgs, ITransmission
{
    /// <summary>The largest datagram that is read; what is longer counts as truncated.</summary>
    public const int MaxDatagram = 4096;

    private readonly UdpTransmissionPool _pool;
    private readonly Lock _gate = new();
    private readonly byte[] _query = new byte[QueryWriter.MaxLength];
    private Socket? _socket;
    private ITransmissionSink? _sink;
    private TransmissionRequest _request;
    private int _queryLength;
    private bool _isReceiving;
    private volatile bool _isStopped;
    private bool _isAnswered;

    public UdpTransmission(UdpTransmissionPool pool)
        : base(true) // no execution context to capture
    {
        _pool = pool;
        SetBuffer(new byte[MaxDatagram + 1]); // one octet more tells a datagram that is longer than the rest of the buffer
    }

    /// <summary>Sends the query and begins to listen.</summary>
    public void Start(in TransmissionRequest request, ITransmissionSink sink)
    {
        _request = request;
        _sink = sink;
        _isStopped = false;
        _isAnswered = false;
        try
        {
            _queryLength = QueryBuffer.Write(request, _pool.Random.NextUInt16(), _pool.Random, _query);
            _socket = _pool.Sockets.Connect(request.Server);
            _socket.Send(_query.AsSpan(0, _queryLength));
            _isReceiving = true;
            Receive();
        }
        catch (SocketException e)
        {
            Post(TransmissionEventKind.Failed, socketError: e.SocketErrorCode);
        }
        catch
        {
            Discard(); // whoever started it gets the exception, and nothing to stop
            throw;
        }
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
            Recycle(isClean: _isAnswered);
        }
        else
        {
            socket?.Dispose(); // ends the pending receive
        }
    }

    public void OnTryOver(long tryStartedAt)
    {
    }

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (HandleReceived())
        {
            Receive();
        }
    }

    private void Receive()
    {
        try
        {
            while (!_socket!.ReceiveAsync(this))
            {
                if (!HandleReceived())
                {
                    return;
                }
            }
        }
        catch (ObjectDisposedException) when (_isStopped)
        {
            EndReceiving(); // stopped between two receives
        }
    }

    /// <summary>Looks at what came; returns whether to keep listening.</summary>
    private bool HandleReceived()
    {
        if (_isStopped)
        {
            EndReceiving();
            return false;
        }

        TransmissionEvent? last = SocketError switch
        {
            SocketError.Success => Examine(MemoryBuffer.Span[..BytesTransferred]),
            SocketError.MessageSize => Examine(MemoryBuffer.Span), // Windows: the buffer is full, and there was more
            _ => Failure(),
        };
        if (last is null)
        {
            return true;
        }

        _isAnswered = last.Value.Kind == TransmissionEventKind.Response;
        ITransmissionSink sink = _sink!;
        if (!EndReceiving())
        {
            sink.Post(last.Value);
        }

        return false;
    }

    private TransmissionEvent Failure() => new(_request.Tag, TransmissionEventKind.Failed, SocketError: SocketError);

    /// <summary>Returns the event that ends the transmission, or <see langword="null"/> to wait for another datagram.</summary>
    private TransmissionEvent? Examine(ReadOnlySpan<byte> datagram)
    {
        switch (ResponseMatcher.Match(_query.AsSpan(0, _queryLength), datagram, _request.RandomizesCase))
        {
            case ResponseMatch.Match:
                return ExamineMatch(datagram);
            case ResponseMatch.CaseMismatch:
                _pool.Metrics.DatagramRejected(DatagramRejection.LetterCase);
                Post(TransmissionEventKind.CaseMismatch);
                return null;
            case ResponseMatch.NearMiss:
                _pool.Metrics.DatagramRejected(DatagramRejection.Mismatch);
                Post(TransmissionEventKind.NearMiss);
                return null;
            default:
                _pool.Metrics.DatagramRejected(DatagramRejection.Junk);
                return null;
        }
    }

    private TransmissionEvent? ExamineMatch(ReadOnlySpan<byte> datagram)
    {
        MessageHeader.TryRead(datagram, out MessageHeader header);
        if (header.IsTruncated)
        {
            return new TransmissionEvent(_request.Tag, TransmissionEventKind.Truncated);
        }

        if (datagram.Length > MaxDatagram || !Response.TryParse(datagram, _request.Name, out Response? response))
        {
            return new TransmissionEvent(_request.Tag, TransmissionEventKind.Unreadable);
        }

        if (!CookieCheck.IsAcceptable(_request.Cookie.Span, _request.RequiresCookie, response.Edns))
        {
            _pool.Metrics.DatagramRejected(DatagramRejection.Cookie);
            return null;
        }

        return new TransmissionEvent(_request.Tag, TransmissionEventKind.Response, response);
    }

    private void Post(TransmissionEventKind kind, SocketError socketError = SocketError.Success) =>
        _sink!.Post(new TransmissionEvent(_request.Tag, kind, SocketError: socketError));

    /// <summary>Notes that no receive is pending; returns whether the transmission was stopped, and recycles it then.</summary>
    private bool EndReceiving()
    {
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

        return isStopped;
    }

    private void Recycle(bool isClean)
    {
        _pool.Sockets.Release(_socket, isClean);
        _socket = null;
        _sink = null;
        _request = default;
        _pool.Return(this);
    }

    private void Discard()
    {
        _isReceiving = false;
        _pool.Sockets.Release(_socket, isClean: false);
        _socket = null;
        _sink = null;
        Dispose();
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>One TCP connection to a server, with many queries under way at once (RFC 7766 §6.2.1.1).</summary>
/// <remarks>A writer sends whole frames only, so that a caller that leaves never breaks the stream for the others.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "It cleans up after itself when its run ends.")]
internal sealed class TcpConnection
{
    private const int InitialBuffer = 4096;
    private const int MaxLifeSeconds = 60;

    private static readonly TimeSpan s_defaultIdleTime = TimeSpan.FromSeconds(5);

    private readonly TcpServerConnections _owner;
    private readonly Dictionary<ushort, TcpTransmission> _pending = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly long _retireAt;
    private ArrayBufferWriter<byte> _outgoing = new(InitialBuffer);
    private ArrayBufferWriter<byte> _sending = new(InitialBuffer);
    private Socket? _socket;
    private ITimer? _idleTimer;
    private TimeSpan _idleTime = s_defaultIdleTime;
    private SocketError _closeReason = SocketError.ConnectionReset;
    private bool _isWriting;
    private bool _isRetired;
    private bool _isClosed;

    public TcpConnection(TcpServerConnections owner)
    {
        _owner = owner;
        double lifeShare = 0.8 + (0.4 * owner.Random.NextDouble()); // load follows the backends behind a virtual address
        LastReceivedAt = owner.Time.GetTimestamp();
        _retireAt = LastReceivedAt + (long)(MaxLifeSeconds * lifeShare * owner.Time.TimestampFrequency);
    }

    /// <summary>Ends when the socket is closed and nothing of the connection runs any more; never fails.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Whether the connection was ever established: if not, moving queries to another one makes no sense.</summary>
    public bool WasEverOpen { get; private set; }

    /// <summary>When octets last arrived; at first, when the connection was made.</summary>
    public long LastReceivedAt { get; private set; }

    public bool IsUsable => !_isClosed && !_isRetired && _owner.Time.GetTimestamp() < _retireAt;

    public TcpConnectionLoad GetLoad()
    {
        long oldest = long.MaxValue;
        foreach (TcpTransmission transmission in _pending.Values)
        {
            oldest = Math.Min(oldest, transmission.QueuedAt);
        }

        return new TcpConnectionLoad(_pending.Count, _pending.Count == 0 ? TimeSpan.Zero : _owner.Time.GetElapsedTime(oldest));
    }

    public void Start()
    {
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _idleTimer = _owner.Time.CreateTimer(static state => ((TcpConnection)state!).OnIdle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Completion = Task.Run(RunAsync);
        }
    }

    /// <summary>Sends a query over this connection. Call it under the gate.</summary>
    public void Add(TcpTransmission transmission)
    {
        ushort id = _owner.Random.NextUInt16();
        while (_pending.ContainsKey(id))
        {
            id = _owner.Random.NextUInt16();
        }

        byte[] frame = new byte[TcpFrame.PrefixLength + QueryWriter.MaxLength];
        int length = QueryBuffer.Write(transmission.Request, id, _owner.Random, frame.AsSpan(TcpFrame.PrefixLength));
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)length);
        transmission.Id = id;
        transmission.Query = frame.AsMemory(TcpFrame.PrefixLength, length);
        transmission.QueuedAt = _owner.Time.GetTimestamp();
        transmission.Connection = this;
        _pending.Add(id, transmission);
        _outgoing.Write(frame.AsSpan(0, TcpFrame.PrefixLength + length));
        StartWriting();
    }

    /// <summary>Forgets a query; its reply, if one still comes, is ignored. Call it under the gate.</summary>
    public void Remove(TcpTransmission transmission)
    {
        if (_pending.Remove(transmission.Id) && _pending.Count == 0)
        {
            WaitForIdle();
        }

        transmission.Connection = null;
    }

    /// <summary>Takes no more queries, and closes when those under way are done. Call it under the gate.</summary>
    public void Retire()
    {
        _isRetired = true;
        if (_pending.Count == 0)
        {
            WaitForIdle();
        }
    }

    /// <summary>Closes the connection; what is unanswered goes back to the owner.</summary>
    public void Close(SocketError reason)
    {
        lock (_owner.Gate)
        {
            if (_isClosed)
            {
                return;
            }

            _isClosed = true;
            _closeReason = reason;
        }

        _closing.Cancel();
    }

    // Closing has to leave the gate first: the timer does it, at once where nothing is to be waited for.
    private void WaitForIdle()
    {
        bool mustClose = _isRetired || _owner.Time.GetTimestamp() >= _retireAt;
        _idleTimer?.Change(mustClose ? TimeSpan.Zero : _idleTime, Timeout.InfiniteTimeSpan);
    }

    private void OnIdle()
    {
        lock (_owner.Gate)
        {
            if (_pending.Count > 0)
            {
                return;
            }

            _isRetired = true;
        }

        Close(SocketError.Success);
    }

    private async Task RunAsync()
    {
        SocketError error = SocketError.ConnectionReset;
        try
        {
            _socket = new Socket(_owner.Server.SharedEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await _socket.ConnectAsync(_owner.Server.SharedEndPoint, _closing.Token).ConfigureAwait(false);
            lock (_owner.Gate)
            {
                WasEverOpen = true;
                StartWriting();
            }

            _owner.Metrics.TcpConnectionOpened();
            await ReadAsync(_socket).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            error = e.SocketErrorCode;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            error = _closeReason;
        }

        End(error);
    }

    private void End(SocketError error)
    {
        TcpTransmission[] unanswered;
        lock (_owner.Gate)
        {
            _isClosed = true;
            unanswered = [.. _pending.Values];
            _pending.Clear();
        }

        _socket?.Dispose();
        _idleTimer?.Dispose();
        if (WasEverOpen)
        {
            _owner.Metrics.TcpConnectionClosed();
        }

        _owner.OnClosed(this, unanswered, error);
    }

    private void StartWriting()
    {
        if (!_isWriting && WasEverOpen && !_isClosed && _outgoing.WrittenCount > 0)
        {
            _isWriting = true;
            ThreadPool.UnsafeQueueUserWorkItem(static connection => _ = connection.WriteAsync(), this, preferLocal: false);
        }
    }

    /// <summary>Sends what is queued until nothing is; a failure ends the connection.</summary>
    private async Task WriteAsync()
    {
        try
        {
            while (TakeOutgoing())
            {
                ReadOnlyMemory<byte> rest = _sending.WrittenMemory;
                while (!rest.IsEmpty)
                {
                    rest = rest[await _socket!.SendAsync(rest, _closing.Token).ConfigureAwait(false)..];
                }
            }
        }
        catch (SocketException e)
        {
            Close(e.SocketErrorCode);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // closed while writing: RunAsync hands back what is unanswered
        }
    }

    private bool TakeOutgoing()
    {
        lock (_owner.Gate)
        {
            if (_outgoing.WrittenCount == 0)
            {
                _isWriting = false;
                return false;
            }

            (_outgoing, _sending) = (_sending, _outgoing);
            _outgoing.ResetWrittenCount();
            return true;
        }
    }

    /// <summary>Reads until the stream ends or cannot be read any further.</summary>
    private async Task ReadAsync(Socket socket)
    {
        using PooledBuffer buffer = new(InitialBuffer);
        while (true)
        {
            int count = await socket.ReceiveAsync(buffer.Free, _closing.Token).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            buffer.Advance(count);
            if (!HandleFrames(buffer))
            {
                return;
            }
        }
    }

    private bool HandleFrames(PooledBuffer buffer)
    {
        lock (_owner.Gate)
        {
            LastReceivedAt = _owner.Time.GetTimestamp();
        }

        int consumed = 0;
        while (TcpFrame.TryRead(buffer.Filled[consumed..], out ReadOnlySpan<byte> message) is var state and not TcpFrameState.Incomplete)
        {
            if (state == TcpFrameState.Malformed)
            {
                return false;
            }

            HandleMessage(message);
            consumed += TcpFrame.PrefixLength + message.Length;
        }

        buffer.Consume(consumed);
        return true;
    }

    private void HandleMessage(ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        TcpTransmission? transmission;
        lock (_owner.Gate)
        {
            if (!_pending.TryGetValue(header.Id, out transmission)
                || ResponseMatcher.Match(transmission.Query.Span, message, transmission.Request.RandomizesCase) != ResponseMatch.Match)
            {
                return;
            }

            Remove(transmission);
            _owner.PlaceWaiting();
        }

        bool isReadable = Response.TryParse(message, transmission.Request.Name, out Response? response);
        if (response?.Edns?.TcpKeepalive is { } keepalive)
        {
            _idleTime = keepalive; // RFC 7828 §3.3.2
        }

        transmission.Complete(isReadable ? TransmissionEventKind.Response : TransmissionEventKind.Unreadable, response);
    }
}

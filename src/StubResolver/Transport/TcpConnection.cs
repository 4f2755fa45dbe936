using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using StubResolver.Wire;

namespace StubResolver.Transport;

/// <summary>One TCP connection to a server, with many queries under way at once (RFC 7766 §6.2.1.1).</summary>
[SuppressMessage("Design", "CA1001", Justification = "It cleans up after itself when its run ends.")]
internal sealed class TcpConnection
{
    private const int InitialBuffer = 4096;

    private readonly TcpServerConnections _owner;
    private readonly TcpConnectionLife _life;
    private readonly TcpOutbox _outbox;
    private readonly OrderedDictionary<ushort, TcpTransmission> _pending = []; // oldest first
    private readonly CancellationTokenSource _closing = new();
    private ITimer? _idleTimer;
    private SocketError _closeReason = SocketError.ConnectionReset;
    private long _lastReceivedAt = long.MinValue;
    private int _slowCount;
    private bool _isClosed;

    public TcpConnection(TcpServerConnections owner)
    {
        _owner = owner;
        _life = new TcpConnectionLife(owner.Time, owner.Random.NextDouble());
        _outbox = new TcpOutbox(owner.Gate, Close);
    }

    /// <summary>Ends when the socket is closed and nothing of the connection runs any more.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Whether the connection was ever established: if not, moving queries to another one makes no sense.</summary>
    public bool WasEverOpen { get; private set; }

    /// <summary>Whether it takes new queries.</summary>
    public bool IsUsable => !_isClosed && !_life.IsOver;

    /// <summary>Whether octets arrived at or after this moment. Call it under the gate.</summary>
    public bool HasReceivedSince(long moment) => _lastReceivedAt >= moment;

    public TcpConnectionLoad GetLoad()
    {
        TimeSpan age = _pending.Count == 0 ? TimeSpan.Zero : _owner.Time.GetElapsedTime(_pending.GetAt(0).Value.QueuedAt);
        return new TcpConnectionLoad(_pending.Count, _slowCount > 0 ? TcpConnectionLoad.HeldUp : age);
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
        _slowCount += transmission.IsSlow ? 1 : 0;
        _outbox.Add(frame.AsSpan(0, TcpFrame.PrefixLength + length)); // prefix and message in one segment (RFC 7766 §8)
    }

    /// <summary>Forgets a query; its reply, if one still comes, is ignored. Call it under the gate.</summary>
    public void Remove(TcpTransmission transmission)
    {
        transmission.Connection = null;
        if (_pending.Remove(transmission.Id))
        {
            _slowCount -= transmission.IsSlow ? 1 : 0;
            WaitIfIdle();
        }
    }

    /// <summary>Takes no more queries, and closes when those under way are done. Call it under the gate.</summary>
    public void Retire()
    {
        _life.End();
        WaitIfIdle();
    }

    /// <summary>Closes the connection; what is unanswered goes back to the owner, oldest first.</summary>
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

    // Closing has to leave the gate first.
    private void WaitIfIdle()
    {
        if (_pending.Count > 0)
        {
            return;
        }

        TimeSpan idleTime = _life.GetIdleTime();
        if (idleTime > TimeSpan.Zero)
        {
            _idleTimer?.Change(idleTime, Timeout.InfiniteTimeSpan);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.OnIdle(), this, preferLocal: false);
        }
    }

    private void OnIdle()
    {
        lock (_owner.Gate)
        {
            if (_pending.Count > 0)
            {
                return;
            }

            _life.End();
        }

        Close(SocketError.Success);
    }

    private async Task RunAsync()
    {
        SocketError error = SocketError.ConnectionReset;
        Socket? socket = null;
        try
        {
            socket = new Socket(_owner.Server.SharedEndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.NoDelay = true;
            await socket.ConnectAsync(_owner.Server.SharedEndPoint, _closing.Token).ConfigureAwait(false);
            lock (_owner.Gate)
            {
                WasEverOpen = true;
                _outbox.Open(socket, _closing.Token);
            }

            _owner.Metrics.TcpConnectionOpened();
            await ReadAsync(socket).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            error = e.SocketErrorCode;
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            error = _closeReason;
        }
        finally
        {
            await EndAsync(socket, error).ConfigureAwait(false);
        }
    }

    private async ValueTask EndAsync(Socket? socket, SocketError error)
    {
        TcpTransmission[] unanswered;
        lock (_owner.Gate)
        {
            _isClosed = true;
            unanswered = [.. _pending.Values];
            _pending.Clear();
        }

        socket?.Dispose();
        _idleTimer?.Dispose();
        await _outbox.Completion.ConfigureAwait(false);
        if (WasEverOpen)
        {
            _owner.Metrics.TcpConnectionClosed();
        }

        _owner.OnClosed(this, unanswered, error);
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
            _lastReceivedAt = _owner.Time.GetTimestamp();
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
        if (FindAsker(message) is not { } transmission)
        {
            return; // nobody's, or no longer
        }

        Response? response = Response.TryParse(message, transmission.Request.Name, out Response? readable) ? readable : null;
        lock (_owner.Gate)
        {
            if (transmission.Connection != this)
            {
                return; // stopped meanwhile
            }

            _life.ObeyKeepalive(response?.Edns?.TcpKeepalive);
            Remove(transmission);
            _owner.PlaceWaiting();
        }

        transmission.Complete(response);
    }

    private TcpTransmission? FindAsker(ReadOnlySpan<byte> message)
    {
        MessageHeader.TryRead(message, out MessageHeader header);
        lock (_owner.Gate)
        {
            return _pending.TryGetValue(header.Id, out TcpTransmission? transmission)
                && ResponseMatcher.Match(transmission.Query.Span, message, exactCase: false) == ResponseMatch.Match
                    ? transmission
                    : null;
        }
    }
}

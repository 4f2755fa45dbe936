using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace StubResolver.Transport;

/// <summary>One TCP connection to a server, with many queries under way at once (RFC 7766 §6.2.1.1).</summary>
[SuppressMessage("Design", "CA1001", Justification = "It cleans up after itself when its run ends.")]
internal sealed partial class TcpConnection
{
    private readonly TcpServerConnections _owner;
    private readonly TcpConnectionLife _life;
    private readonly TcpOutbox _outbox;
    private readonly OrderedDictionary<ushort, TcpTransmission> _pending = []; // oldest first
    private readonly CancellationTokenSource _closing = new();
    private ITimer? _timer; // for idleness while nothing is under way, else for silence
    private SocketError _closeReason = SocketError.ConnectionReset;
    private TimeSpan? _maxSilence;
    private int _slowCount;
    private bool _isClosed;

    /// <param name="owner">What it belongs to.</param>
    /// <param name="number">Its number among those to the same server.</param>
    public TcpConnection(TcpServerConnections owner, int number)
    {
        _owner = owner;
        Number = number;
        _life = new TcpConnectionLife(owner.Time, owner.Random.NextDouble());
        _outbox = new TcpOutbox(owner.Gate, OnSendFailed);
    }

    public int Number { get; }

    /// <summary>Ends when the socket is closed and nothing of the connection runs any more.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Whether the connection was ever established: if not, moving queries to another one makes no sense.</summary>
    public bool WasEverOpen { get; private set; }

    /// <summary>Queries that were answered over it.</summary>
    public int AnsweredCount { get; private set; }

    /// <summary>Whether it takes new queries.</summary>
    public bool IsUsable => !_isClosed && !_life.IsOver;

    public TcpConnectionLoad GetLoad()
    {
        TimeSpan age = _pending.Count == 0 ? TimeSpan.Zero : _owner.Time.GetElapsedTime(_pending.GetAt(0).Value.QueuedAt);
        return new TcpConnectionLoad(_pending.Count, _slowCount > 0 ? TcpConnectionLoad.HeldUp : age);
    }

    public void Start()
    {
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
        {
            _timer = _owner.Time.CreateTimer(static state => ((TcpConnection)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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

        transmission.Id = id;
        transmission.QueuedAt = _owner.Time.GetTimestamp();
        transmission.Connection = this;
        _pending.Add(id, transmission);
        _slowCount += transmission.IsSlow ? 1 : 0;
        _outbox.Add(transmission.Frame);
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

    /// <summary>Watches for a time without any octet while queries wait; returns whether it is over already. Call it under the gate.</summary>
    public bool WatchSilence(TimeSpan longest)
    {
        if (_pending.Count == 0)
        {
            return false;
        }

        _maxSilence = longest;
        TimeSpan rest = longest - _owner.Time.GetElapsedTime(Math.Max(_lastReceivedAt, _pending.GetAt(0).Value.QueuedAt));
        if (rest <= TimeSpan.Zero)
        {
            return true;
        }

        _timer?.Change(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), Timeout.InfiniteTimeSpan); // a timer cuts off parts of one
        return false;
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

        try
        {
            _closing.Cancel();
        }
        catch (AggregateException e)
        {
            _owner.Report(e); // of what the cancelled operations called
        }
    }

    // Closing has to leave the gate first.
    private void WaitIfIdle()
    {
        if (_pending.Count > 0)
        {
            return;
        }

        _maxSilence = null;
        TimeSpan idleTime = _life.GetIdleTime();
        if (idleTime > TimeSpan.Zero)
        {
            _timer?.Change(idleTime, Timeout.InfiniteTimeSpan);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.OnTimer(), this, preferLocal: false);
        }
    }

    private void OnTimer()
    {
        try
        {
            if (GetReasonToClose() is { } reason)
            {
                Close(reason);
            }
        }
        catch (Exception e)
        {
            _owner.Report(e);
            Close(SocketError.SocketError);
        }
    }

    private SocketError? GetReasonToClose()
    {
        lock (_owner.Gate)
        {
            if (_pending.Count > 0)
            {
                return _maxSilence is { } longest && WatchSilence(longest) ? SocketError.TimedOut : null;
            }

            _life.End();
            return SocketError.Success;
        }
    }

    /// <summary>Closes, unless the other side did: then what it had sent before is still to be read.</summary>
    private void OnSendFailed(Exception exception)
    {
        switch (exception)
        {
            case SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown }:
                lock (_owner.Gate)
                {
                    Retire();
                }

                break;
            case SocketException e:
                Close(e.SocketErrorCode);
                break;
            default:
                _owner.Report(exception);
                Close(SocketError.SocketError);
                break;
        }
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
        catch (Exception e)
        {
            _owner.Report(e);
            error = SocketError.SocketError;
        }

        await EndAsync(socket, error).ConfigureAwait(false);
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
        _timer?.Dispose();
        await _outbox.Completion.ConfigureAwait(false);
        if (WasEverOpen)
        {
            _owner.Metrics.TcpConnectionClosed();
        }

        _owner.OnClosed(this, unanswered, error);
    }
}

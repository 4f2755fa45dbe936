using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;

namespace StubResolver.Transport;

/// <summary>The TCP connections to one server: reused, pipelined, replaced when they die (RFC 7766 §6.2, RFC 9210).</summary>
/// <remarks>
/// One gate guards the connections and what waits on them; events are posted outside it. A query that is moved is on no connection, then on one: it is
/// never lost or asked twice at a time. It moves as often as its connections answered others, so each round has one query less.
/// </remarks>
internal sealed class TcpServerConnections(
    DnsServer server, int maxConnections, TimeProvider time, RandomSource random, ResolverMetrics metrics, ILogger logger)
{
    private const int MaxMoves = 3;

    private readonly List<TcpConnection> _connections = [];
    private readonly Queue<TcpTransmission> _waiting = new();
    private readonly TcpPipelining _pipelining = new(time);

    // A server asked over UDP needs TCP rarely: one connection serves, as long as it carries more than one query.
    private readonly int _maxShared = server.Protocol == DnsProtocol.Tcp ? maxConnections : 1;

    private int _openedCount;
    private bool _isDisposed;

    public DnsServer Server { get; } = server;

    public TimeProvider Time { get; } = time;

    public RandomSource Random { get; } = random;

    public ResolverMetrics Metrics { get; } = metrics;

    public Lock Gate { get; } = new();

    public TcpTransmission Send(in TransmissionRequest request, ITransmissionSink sink)
    {
        TcpTransmission transmission = new(this, request, sink);
        lock (Gate)
        {
            Place(transmission, isBehindOthers: true);
        }

        return transmission;
    }

    public void Stop(TcpTransmission transmission)
    {
        lock (Gate)
        {
            transmission.IsStopped = true;
            transmission.Connection?.Remove(transmission);
            PlaceWaiting();
        }
    }

    /// <summary>Gives up the connection of a query as soon as nothing at all came over it for as long as the try took.</summary>
    public void OnTryOver(TcpTransmission transmission, long tryStartedAt)
    {
        TcpConnection? connection;
        lock (Gate)
        {
            connection = transmission.Connection;
            if (connection is null || !connection.WatchSilence(Time.GetElapsedTime(tryStartedAt)))
            {
                return;
            }
        }

        connection.Close(SocketError.TimedOut);
    }

    /// <summary>Takes back what an ended connection left unanswered, oldest first.</summary>
    public void OnClosed(TcpConnection connection, TcpTransmission[] unanswered, SocketError error)
    {
        lock (Gate)
        {
            _connections.Remove(connection);
            bool wasSilent = error == SocketError.TimedOut;
            NotePipelining(connection, unanswered.Length, wasSilent);
            if (wasSilent && unanswered is [TcpTransmission oldest, .. TcpTransmission[] others])
            {
                oldest.IsSlow = true; // a server that answers in order was at the oldest: behind the others it holds up none of them again
                unanswered = [.. others, oldest];
            }

            foreach (TcpTransmission transmission in unanswered)
            {
                Move(transmission, connection, error);
            }

            PlaceWaiting();
        }
    }

    /// <summary>Places what waited for room on a connection, in order. Call it under the gate.</summary>
    public void PlaceWaiting()
    {
        while (_waiting.TryPeek(out TcpTransmission? transmission))
        {
            if (!transmission.IsStopped && !TryPlace(transmission))
            {
                return;
            }

            _waiting.Dequeue();
        }
    }

    /// <summary>Lets no connection take new queries; idle ones close now, the others when they are done.</summary>
    public void Retire()
    {
        lock (Gate)
        {
            RetireAll();
        }
    }

    /// <summary>Tells of an exception that no network brings.</summary>
    public void Report(Exception exception) => ResolverLog.ConnectionFaulted(logger, exception, Server);

    public async ValueTask DisposeAsync()
    {
        TcpConnection[] connections;
        lock (Gate)
        {
            _isDisposed = true;
            connections = [.. _connections];
            PlaceWaiting();
        }

        foreach (TcpConnection connection in connections)
        {
            connection.Close(SocketError.OperationAborted);
        }

        foreach (TcpConnection connection in connections)
        {
            await connection.Completion.ConfigureAwait(false);
        }
    }

    private void NotePipelining(TcpConnection connection, int unanswered, bool wasSilent)
    {
        TcpPipeliningSign sign = TcpPipelining.Judge(connection.AnsweredCount, unanswered, wasSilent);
        if (_pipelining.OnEnded(sign, connection.Number, _openedCount))
        {
            RetireAll();
            ResolverLog.PipeliningRefused(logger, Server, TcpPipelining.MemoryMinutes);
        }
    }

    private void Move(TcpTransmission transmission, TcpConnection connection, SocketError error)
    {
        transmission.Connection = null;
        if (transmission.IsStopped)
        {
            return;
        }

        if (MayMove(transmission, connection, error))
        {
            Place(transmission, isBehindOthers: false);
        }
        else
        {
            transmission.Fail(error);
        }
    }

    // Where no connection can be made, another one would not be either; one that was silent may have met a backend that is gone.
    private bool MayMove(TcpTransmission transmission, TcpConnection connection, SocketError error) =>
        !_isDisposed && (connection.WasEverOpen || error == SocketError.TimedOut)
            && (connection.AnsweredCount > 0 || ++transmission.MoveCount <= MaxMoves);

    private void Place(TcpTransmission transmission, bool isBehindOthers)
    {
        if ((isBehindOthers && _waiting.Count > 0) || !TryPlace(transmission))
        {
            _waiting.Enqueue(transmission);
        }
    }

    /// <summary>Gives a query to a connection, an old one or a new, or ends it; false where there is no room.</summary>
    private bool TryPlace(TcpTransmission transmission)
    {
        if (_isDisposed)
        {
            transmission.Fail(SocketError.OperationAborted);
            return true;
        }

        try
        {
            return TryAdd(transmission);
        }
        catch (Exception e)
        {
            Report(e);
            transmission.Fail(SocketError.SocketError);
            return true;
        }
    }

    private bool TryAdd(TcpTransmission transmission)
    {
        List<TcpConnection> usable = _connections.FindAll(static connection => connection.IsUsable);
        Span<TcpConnectionLoad> loads = stackalloc TcpConnectionLoad[usable.Count]; // at most 64, by the rules for options
        for (int i = 0; i < loads.Length; i++)
        {
            loads[i] = usable[i].GetLoad();
        }

        // The last time it goes alone: some servers close a connection because it brings them several queries.
        bool isAlone = _pipelining.IsRefused || transmission.MoveCount == MaxMoves;
        int choice = isAlone
            ? TcpConnectionChoice.ChooseAlone(loads, _connections.Count, maxConnections)
            : TcpConnectionChoice.Choose(loads, _maxShared);
        if (choice == TcpConnectionChoice.WaitForRoom)
        {
            return false;
        }

        TcpConnection connection = choice == TcpConnectionChoice.OpenAnother ? Open() : usable[choice];
        connection.Add(transmission);
        if (isAlone)
        {
            connection.Retire();
        }

        return true;
    }

    private TcpConnection Open()
    {
        TcpConnection connection = new(this, ++_openedCount);
        connection.Start();
        _connections.Add(connection);
        return connection;
    }

    private void RetireAll()
    {
        foreach (TcpConnection connection in _connections)
        {
            connection.Retire();
        }
    }
}

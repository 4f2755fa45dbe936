using System.Net.Sockets;
using StubResolver.Diagnostics;

namespace StubResolver.Transport;

/// <summary>The TCP connections to one server: reused, pipelined, replaced when they die (RFC 7766 §6.2, RFC 9210).</summary>
/// <remarks>One gate guards the connections and what waits on them; events are posted outside it.</remarks>
internal sealed class TcpServerConnections(DnsServer server, int maxConnections, TimeProvider time, RandomSource random, ResolverMetrics metrics)
{
    private const int MaxMoves = 3;

    private readonly List<TcpConnection> _connections = [];
    private readonly Queue<TcpTransmission> _waiting = new();
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

    /// <summary>Gives up the connection of a query if it had the query for the whole try and nothing at all came over it.</summary>
    public void OnTryOver(TcpTransmission transmission, long tryStartedAt)
    {
        TcpConnection? connection;
        lock (Gate)
        {
            connection = transmission.Connection;
            if (connection is null || transmission.QueuedAt > tryStartedAt || connection.HasReceivedSince(tryStartedAt))
            {
                return;
            }
        }

        connection.Close(SocketError.TimedOut);
    }

    /// <summary>Takes back what a closed connection left unanswered, oldest first.</summary>
    public void OnClosed(TcpConnection connection, ReadOnlySpan<TcpTransmission> unanswered, SocketError error)
    {
        List<TcpTransmission> failed = [];
        lock (Gate)
        {
            _connections.Remove(connection);
            if (!unanswered.IsEmpty)
            {
                // A server that answers in order was at the oldest: behind the others it holds up none of them again.
                unanswered[0].IsSlow = error == SocketError.TimedOut;
                foreach (TcpTransmission transmission in unanswered[1..])
                {
                    Move(transmission);
                }

                Move(unanswered[0]);
            }

            PlaceWaiting();
        }

        foreach (TcpTransmission transmission in failed)
        {
            transmission.Fail(error);
        }

        void Move(TcpTransmission transmission)
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
                failed.Add(transmission);
            }
        }
    }

    /// <summary>Places what waited for room on a connection, in order. Call it under the gate.</summary>
    public void PlaceWaiting()
    {
        while (!_isDisposed && _waiting.TryPeek(out TcpTransmission? transmission))
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
            foreach (TcpConnection connection in _connections.ToArray())
            {
                connection.Retire();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        TcpConnection[] connections;
        lock (Gate)
        {
            _isDisposed = true;
            connections = [.. _connections];
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

    // Where no connection can be made, another one would not be either; one that was silent may have met a backend that is gone.
    private bool MayMove(TcpTransmission transmission, TcpConnection connection, SocketError error) =>
        !_isDisposed && (connection.WasEverOpen || error == SocketError.TimedOut) && ++transmission.MoveCount <= MaxMoves;

    private void Place(TcpTransmission transmission, bool isBehindOthers)
    {
        if (_isDisposed)
        {
            return; // its question is ending with the resolver
        }

        if ((isBehindOthers && _waiting.Count > 0) || !TryPlace(transmission))
        {
            _waiting.Enqueue(transmission);
        }
    }

    /// <summary>Gives a query to a connection, an old one or a new; false where there is no room.</summary>
    private bool TryPlace(TcpTransmission transmission)
    {
        List<TcpConnection> usable = _connections.FindAll(static connection => connection.IsUsable);
        Span<TcpConnectionLoad> loads = stackalloc TcpConnectionLoad[usable.Count]; // at most 64, by the rules for options
        for (int i = 0; i < loads.Length; i++)
        {
            loads[i] = usable[i].GetLoad();
        }

        int choice = TcpConnectionChoice.Choose(loads, maxConnections);
        if (choice == TcpConnectionChoice.WaitForRoom)
        {
            return false;
        }

        TcpConnection connection = choice == TcpConnectionChoice.OpenAnother ? Open() : usable[choice];
        connection.Add(transmission);
        return true;
    }

    private TcpConnection Open()
    {
        TcpConnection connection = new(this);
        _connections.Add(connection);
        connection.Start();
        return connection;
    }
}

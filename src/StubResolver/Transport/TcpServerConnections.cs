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
            Place(transmission);
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

    /// <summary>Gives up the connection of a query if nothing came over it since the query's try began.</summary>
    public void OnTryOver(TcpTransmission transmission, long sentAt)
    {
        TcpConnection? connection;
        lock (Gate)
        {
            connection = transmission.Connection;
            if (connection is null || connection.LastReceivedAt >= sentAt)
            {
                return;
            }
        }

        connection.Close(SocketError.TimedOut);
    }

    /// <summary>Takes back what a closed connection left unanswered.</summary>
    public void OnClosed(TcpConnection connection, IReadOnlyList<TcpTransmission> unanswered, SocketError error)
    {
        List<TcpTransmission> failed = [];
        lock (Gate)
        {
            _connections.Remove(connection);
            foreach (TcpTransmission transmission in unanswered)
            {
                transmission.Connection = null;
                if (transmission.IsStopped)
                {
                    continue;
                }

                if (_isDisposed || !connection.WasEverOpen && error != SocketError.TimedOut || ++transmission.MoveCount > MaxMoves)
                {
                    failed.Add(transmission);
                    continue;
                }

                Place(transmission);
            }

            PlaceWaiting();
        }

        foreach (TcpTransmission transmission in failed)
        {
            transmission.Fail(error);
        }
    }

    /// <summary>Places what waited for room on a connection. Call it under the gate.</summary>
    public void PlaceWaiting()
    {
        for (int count = _waiting.Count; count > 0 && !_isDisposed; count--)
        {
            TcpTransmission transmission = _waiting.Dequeue();
            if (!transmission.IsStopped)
            {
                Place(transmission);
            }
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
            await connection.Completion.ConfigureAwait(false);
        }
    }

    private void Place(TcpTransmission transmission)
    {
        if (_isDisposed)
        {
            return; // its question is ending with the resolver
        }

        List<TcpConnection> usable = [];
        foreach (TcpConnection candidate in _connections)
        {
            if (candidate.IsUsable)
            {
                usable.Add(candidate);
            }
        }

        Span<TcpConnectionLoad> loads = usable.Count <= 64 ? stackalloc TcpConnectionLoad[usable.Count] : new TcpConnectionLoad[usable.Count];
        for (int i = 0; i < loads.Length; i++)
        {
            loads[i] = usable[i].GetLoad();
        }

        int choice = TcpConnectionChoice.Choose(loads, maxConnections);
        switch (choice)
        {
            case TcpConnectionChoice.WaitForRoom:
                _waiting.Enqueue(transmission);
                break;
            case TcpConnectionChoice.OpenAnother:
                TcpConnection connection = new(this);
                _connections.Add(connection);
                connection.Add(transmission);
                connection.Start();
                break;
            default:
                usable[choice].Add(transmission);
                break;
        }
    }
}

namespace StubResolver.Transport;

/// <summary>Decides which connection takes the next query (RFC 7766 §6.2).</summary>
internal static class TcpConnectionChoice
{
    /// <summary>Open another connection.</summary>
    public const int OpenAnother = -1;

    /// <summary>Wait: every connection is full, and no other may be opened.</summary>
    public const int WaitForRoom = -2;

    /// <summary>Queries that may wait on one connection.</summary>
    public const int MaxQueries = 100;

    // Many servers answer one connection in order: behind a slow query the others wait too.
    private static readonly TimeSpan s_maxOldestAge = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan s_longestAge = TcpConnectionLoad.HeldUp - TimeSpan.FromTicks(1);

    /// <summary>Returns the index of a connection, <see cref="OpenAnother"/> or <see cref="WaitForRoom"/>.</summary>
    public static int Choose(ReadOnlySpan<TcpConnectionLoad> connections, int maxConnections)
    {
        int prompt = LeastLoaded(connections, MaxQueries, s_maxOldestAge);
        if (prompt >= 0)
        {
            return prompt;
        }

        if (connections.Length < maxConnections)
        {
            return OpenAnother;
        }

        int free = LeastLoaded(connections, MaxQueries, s_longestAge);
        int any = free >= 0 ? free : LeastLoaded(connections, MaxQueries, TcpConnectionLoad.HeldUp);
        return any >= 0 ? any : WaitForRoom;
    }

    /// <summary>The same for a query that shares its connection with no other.</summary>
    /// <param name="connections">Connections that take queries.</param>
    /// <param name="openCount">How many there are in all: those that take no more count until they are closed.</param>
    /// <param name="maxConnections">How many there may be.</param>
    public static int ChooseAlone(ReadOnlySpan<TcpConnectionLoad> connections, int openCount, int maxConnections)
    {
        int idle = LeastLoaded(connections, maxQueries: 1, TcpConnectionLoad.HeldUp);
        return idle >= 0 ? idle : openCount < maxConnections ? OpenAnother : WaitForRoom;
    }

    private static int LeastLoaded(ReadOnlySpan<TcpConnectionLoad> connections, int maxQueries, TimeSpan maxOldestAge)
    {
        int best = -1;
        for (int i = 0; i < connections.Length; i++)
        {
            TcpConnectionLoad load = connections[i];
            if (load.QueryCount < maxQueries && load.OldestAge <= maxOldestAge
                && (best < 0 || load.QueryCount < connections[best].QueryCount))
            {
                best = i;
            }
        }

        return best;
    }
}

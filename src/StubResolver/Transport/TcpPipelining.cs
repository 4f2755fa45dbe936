namespace StubResolver.Transport;

/// <summary>Whether a server answers more than one query a connection, as far as its connections that ended tell. Guarded by the gate of the connections.</summary>
/// <remarks>
/// A server that closes after each answer is told from one that was restarted after its first answer by a second connection: two in a row, the later one
/// opened after the earlier one had ended, since a restart ends all that stand side by side. Connections that answered nothing do not count:
/// overloaded servers and proxies without a backend close them whatever they carry, and one query a connection would make that worse.
/// </remarks>
internal sealed class TcpPipelining(TimeProvider time)
{
    /// <summary>How long it is remembered.</summary>
    public const int MemoryMinutes = 10;

    private const int DoubtsThatTell = 2;

    private int _doubts;
    private int _openedAtDoubt;
    private long? _refusedAt;

    /// <summary>Whether the server is asked one query a connection.</summary>
    public bool IsRefused => _refusedAt is { } refusedAt && time.GetElapsedTime(refusedAt).TotalMinutes < MemoryMinutes;

    /// <param name="answered">Queries the connection had answered.</param>
    /// <param name="unanswered">Queries that still waited on it.</param>
    /// <param name="wasSilent">Whether it was given up because nothing came for a whole try.</param>
    public static TcpPipeliningSign Judge(int answered, int unanswered, bool wasSilent) => (answered, unanswered, wasSilent) switch
    {
        ( > 1, _, _) => TcpPipeliningSign.Answered,
        (1, > 1, true) => TcpPipeliningSign.Lost, // it read one query and dropped what came with it; a restart would not be silent
        (1, > 0, _) => TcpPipeliningSign.Doubtful,
        _ => TcpPipeliningSign.None,
    };

    /// <summary>Notes the end of a connection; returns whether that told that the server answers one query a connection.</summary>
    /// <param name="sign">What the end says.</param>
    /// <param name="number">The number of the connection among those to this server.</param>
    /// <param name="openedCount">The number of the latest one.</param>
    public bool OnEnded(TcpPipeliningSign sign, int number, int openedCount)
    {
        switch (sign)
        {
            case TcpPipeliningSign.Answered:
                _doubts = 0;
                return false;
            case TcpPipeliningSign.Doubtful when number > _openedAtDoubt:
                _doubts++;
                _openedAtDoubt = openedCount;
                break;
            case TcpPipeliningSign.Lost:
                _doubts = DoubtsThatTell;
                break;
        }

        if (_doubts < DoubtsThatTell)
        {
            return false;
        }

        _doubts = 0;
        _refusedAt = time.GetTimestamp();
        return true;
    }
}

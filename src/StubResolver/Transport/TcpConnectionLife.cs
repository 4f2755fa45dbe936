namespace StubResolver.Transport;

/// <summary>How long a TCP connection takes queries, and how long it stays open without any. Guarded by the gate of its connection.</summary>
internal sealed class TcpConnectionLife
{
    private const double LongestSeconds = 60;
    private const double Spread = 0.2;

    private static readonly TimeSpan s_defaultIdleTime = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly long _startedAt;
    private readonly TimeSpan _longest;
    private TimeSpan _idleTime = s_defaultIdleTime;
    private bool _isEnded;

    /// <param name="time">The clock.</param>
    /// <param name="chance">A random number from 0 to 1: not all connections of all clients are made anew at one moment.</param>
    public TcpConnectionLife(TimeProvider time, double chance)
    {
        _time = time;
        _startedAt = time.GetTimestamp();
        _longest = TimeSpan.FromSeconds(LongestSeconds * (1 - Spread + (2 * Spread * chance)));
    }

    /// <summary>Whether new queries go elsewhere, so that load follows the backends behind a virtual address.</summary>
    public bool IsOver => _isEnded || GetRest() <= TimeSpan.Zero;

    /// <summary>Ends it before its time.</summary>
    public void End() => _isEnded = true;

    /// <summary>Does as the server asks: zero closes after what is under way (RFC 7828 §3.3.2).</summary>
    public void ObeyKeepalive(TimeSpan? keepalive)
    {
        _isEnded |= keepalive == TimeSpan.Zero;
        _idleTime = keepalive ?? _idleTime;
    }

    /// <summary>Returns how long to stay open when nothing is under way; not positive for no longer.</summary>
    public TimeSpan GetIdleTime()
    {
        TimeSpan rest = _isEnded ? TimeSpan.Zero : GetRest();
        return rest < _idleTime ? rest : _idleTime;
    }

    private TimeSpan GetRest() => _longest - _time.GetElapsedTime(_startedAt);
}

namespace StubResolver.Resolution;

/// <summary>Remembers that a server does not understand EDNS, for a while. Thread-safe.</summary>
internal sealed class EdnsMemory(TimeProvider time)
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private volatile bool _hasLearnt; // most servers never teach anything: no lock for them
    private EdnsLevel _level;
    private TimeSpan _life;
    private long _learntAt;

    /// <summary>What the next query to the server may carry.</summary>
    public EdnsLevel Level
    {
        get
        {
            if (!_hasLearnt)
            {
                return EdnsLevel.WithOptions;
            }

            lock (_gate)
            {
                return _level != EdnsLevel.WithOptions && time.GetElapsedTime(_learntAt) < _life ? _level : EdnsLevel.WithOptions;
            }
        }
    }

    /// <summary>Notes that a query failed with more than this of EDNS and then succeeded with it: for 5 minutes, twice as long each time, up to an hour.</summary>
    public void OnDowngradeHelped(EdnsLevel level)
    {
        lock (_gate)
        {
            TimeSpan next = _life * 2;
            _life = _life == TimeSpan.Zero ? s_shortest : next < s_longest ? next : s_longest;
            _level = level;
            _learntAt = time.GetTimestamp();
            _hasLearnt = true;
        }
    }
}

namespace StubResolver.Resolution;

/// <summary>Notices that one server gets so many datagrams that connection tracking on the way fills up. Thread-safe.</summary>
internal sealed class QueryRate(TimeProvider time)
{
    /// <summary>Datagrams a second that are many.</summary>
    public const int Limit = 500;

    /// <summary>Seconds in a row that make it worth a warning.</summary>
    public const int BusySeconds = 10;

    private readonly Lock _gate = new();
    private long _second;
    private int _count;
    private int _busySeconds;
    private bool _isTold;

    /// <summary>Notes a datagram that leaves now; returns <see langword="true"/> once, when there were too many for too long.</summary>
    public bool OnSent(long now)
    {
        long second = now / time.TimestampFrequency;
        bool isTooMuch = second > Volatile.Read(ref _second) && BeginSecond(second); // a moment that was taken earlier may come later
        Interlocked.Increment(ref _count);
        return isTooMuch;
    }

    private bool BeginSecond(long second)
    {
        lock (_gate)
        {
            if (second <= _second)
            {
                return false;
            }

            _busySeconds = second == _second + 1 && Volatile.Read(ref _count) > Limit ? _busySeconds + 1 : 0;
            Volatile.Write(ref _count, 0);
            Volatile.Write(ref _second, second);
            bool isTooMuch = !_isTold && _busySeconds >= BusySeconds;
            _isTold |= isTooMuch;
            return isTooMuch;
        }
    }
}

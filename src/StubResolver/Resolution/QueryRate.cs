namespace StubResolver.Resolution;

/// <summary>Notices that one server gets so many datagrams that connection tracking on the way fills up. Thread-safe.</summary>
internal sealed class QueryRate(TimeProvider time)
{
    /// <summary>Datagrams a second that are many.</summary>
    public const int Limit = 500;

    /// <summary>Seconds in a row that make it worth a warning.</summary>
    public const int BusySeconds = 10;

    private readonly Lock _gate = new();
    private readonly StripedCounter _sent = new();
    private long _second;
    private long _sentBefore; // before this second
    private int _busySeconds;
    private bool _isTold;

    /// <summary>Notes a datagram that leaves now; returns <see langword="true"/> once, when there were too many for too long.</summary>
    public bool OnSent(long now)
    {
        long second = now / time.TimestampFrequency;
        bool isTooMuch = second > Volatile.Read(ref _second) && BeginSecond(second); // a moment that was taken earlier may come later
        _sent.Increment();
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

            long sent = _sent.Total;
            _busySeconds = second == _second + 1 && sent - _sentBefore > Limit ? _busySeconds + 1 : 0;
            _sentBefore = sent;
            Volatile.Write(ref _second, second);
            bool isTooMuch = !_isTold && _busySeconds >= BusySeconds;
            _isTold |= isTooMuch;
            return isTooMuch;
        }
    }
}

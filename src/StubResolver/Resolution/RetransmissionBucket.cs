namespace StubResolver.Resolution;

/// <summary>Bounds the retransmissions to one server, so that its failure never makes a storm. Thread-safe.</summary>
internal sealed class RetransmissionBucket(TimeProvider time)
{
    private const double Capacity = 100;
    private const double RefillPerSecond = 10;

    private readonly Lock _gate = new();
    private double _tokens = Capacity;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Takes one retransmission; false where there is none left.</summary>
    public bool TryTake()
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            _tokens = Math.Min(Capacity, _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * RefillPerSecond));
            _filledAt = now;
            if (_tokens < 1)
            {
                return false;
            }

            _tokens--;
            return true;
        }
    }

    public void OnReply()
    {
        if (Volatile.Read(ref _tokens) >= Capacity)
        {
            return; // full, as nearly always: no lock for that
        }

        lock (_gate)
        {
            _tokens = Math.Min(Capacity, _tokens + 1);
        }
    }
}

using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>What is believed about one server, learnt from the questions it was asked. Thread-safe.</summary>
internal sealed class ServerState(DnsServer server, TimeProvider time)
{
    private const int SilencesToFail = 2;
    private const double LatencyWeight = 0.2;
    private const int SampleBits = 8;

    private static readonly TimeSpan s_probeInterval = TimeSpan.FromSeconds(4);

    private readonly Lock _gate = new();
    private PaddedInt64 _latency; // ticks of the average above SampleBits, the number of samples below: both in one read
    private int _silences;
    private bool _isUnreachable;
    private long _probedAt;
    private bool _isProbing;

    public readonly DnsServer Server = server;

    public readonly RetransmissionBucket Retransmissions = new(time);

    public readonly EdnsMemory Edns = new(time);

    public readonly CookieMemory Cookies = new(time);

    public readonly ProtocolMemory Protocol = new(time);

    public readonly QueryRate Rate = new(time);

    /// <summary>The average latency and how many replies it is made of.</summary>
    public (TimeSpan Average, int Samples) Latency
    {
        get
        {
            long latency = Volatile.Read(ref _latency.Value);
            return (new TimeSpan(latency >> SampleBits), (int)(latency & ((1 << SampleBits) - 1)));
        }

        private set => Volatile.Write(ref _latency.Value, (value.Average.Ticks << SampleBits) | (long)value.Samples);
    }

    /// <summary>How badly the server fails: 0 while it does not, else the more the worse.</summary>
    public int Badness
    {
        get
        {
            if (IsSound)
            {
                return 0;
            }

            lock (_gate)
            {
                return IsFailing ? Math.Max(_silences, 1) : 0;
            }
        }
    }

    // As nearly always: no lock for that.
    private bool IsSound => Volatile.Read(ref _silences) == 0 && !Volatile.Read(ref _isUnreachable);

    private bool IsFailing => _isUnreachable || _silences >= SilencesToFail;

    /// <summary>Notes a reply of any kind, a late one too: the server is there. Returns whether it failed before.</summary>
    public bool OnReply(TimeSpan latency)
    {
        Retransmissions.OnReply();
        (TimeSpan average, int samples) = Latency; // of two replies at once one may be lost, which an average does not mind
        Latency = (samples == 0 ? latency : (average * (1 - LatencyWeight)) + (latency * LatencyWeight), Math.Min(samples + 1, RetryTimer.MinSamples));
        if (IsSound)
        {
            return false;
        }

        lock (_gate)
        {
            bool wasFailing = IsFailing;
            _silences = 0;
            _isUnreachable = false;
            return wasFailing;
        }
    }

    /// <summary>Notes a question that the server left unanswered. Returns whether it begins to fail with that.</summary>
    public bool OnSilence()
    {
        lock (_gate)
        {
            bool wasFailing = IsFailing;
            _silences = Math.Min(_silences + 1, int.MaxValue - 1);
            return IsFailing && !wasFailing;
        }
    }

    /// <summary>Notes a refused connection or an unreachable address. Returns whether the server begins to fail with that.</summary>
    public bool OnUnreachable()
    {
        lock (_gate)
        {
            bool wasFailing = IsFailing;
            _isUnreachable = true;
            return !wasFailing;
        }
    }

    /// <summary>Returns whether a failing server is due for a probe, and takes it: one per interval, one at a time.</summary>
    public bool TryBeginProbe()
    {
        if (Badness == 0)
        {
            return false;
        }

        lock (_gate)
        {
            long now = time.GetTimestamp();
            if (_isProbing || (_probedAt != 0 && time.GetElapsedTime(_probedAt, now) < s_probeInterval))
            {
                return false;
            }

            (_isProbing, _probedAt) = (true, now);
            return true;
        }
    }

    public void EndProbe()
    {
        lock (_gate)
        {
            _isProbing = false;
        }
    }
}

namespace StubResolver.Resolution;

/// <summary>Remembers how a server is best reached: TCP first where UDP is swallowed, fixed letter case where it is not repeated. Thread-safe.</summary>
internal sealed class ProtocolMemory(TimeProvider time)
{
    private const int RescuesToPrefer = 3;
    private const int SilencesToSkipPatience = 3;

    private static readonly TimeSpan s_preferTcp = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_fixedCase = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_noPatience = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private int _tcpRescues;
    private int _silentAaaa;
    private long _preferTcpUntil = long.MinValue;
    private long _fixedCaseUntil = long.MinValue;
    private long _noPatienceUntil = long.MinValue;

    /// <summary>Whether TCP goes first.</summary>
    public bool PrefersTcp => IsBefore(ref _preferTcpUntil);

    /// <summary>Whether the letter case of names must stay as it is.</summary>
    public bool FoldsCase => IsBefore(ref _fixedCaseUntil);

    /// <summary>Whether A need not wait for AAAA, which this server leaves unanswered.</summary>
    public bool IgnoresAaaa => IsBefore(ref _noPatienceUntil);

    /// <summary>Notes that TCP answered a question that UDP left silent.</summary>
    public void OnTcpRescue()
    {
        lock (_gate)
        {
            if (++_tcpRescues >= RescuesToPrefer)
            {
                _preferTcpUntil = After(s_preferTcp);
            }
        }
    }

    /// <summary>Notes a reply over UDP, or a failure of TCP.</summary>
    public void OnUdpReplyOrTcpFailure()
    {
        if (Volatile.Read(ref _tcpRescues) == 0 && Volatile.Read(ref _preferTcpUntil) == long.MinValue)
        {
            return; // as nearly always: no lock for that
        }

        lock (_gate)
        {
            _tcpRescues = 0;
            _preferTcpUntil = long.MinValue;
        }
    }

    /// <summary>Notes that TCP gave an answer, and UDP only replies that repeated all but the letter case.</summary>
    public void OnCaseFolded()
    {
        lock (_gate)
        {
            _fixedCaseUntil = After(s_fixedCase);
        }
    }

    /// <summary>Notes a name whose A was answered, and whether its AAAA was.</summary>
    public void OnAddressesAnswered(bool isAaaaSilent)
    {
        if (!isAaaaSilent && Volatile.Read(ref _silentAaaa) == 0)
        {
            return; // as nearly always: no lock for that
        }

        lock (_gate)
        {
            _silentAaaa = isAaaaSilent ? _silentAaaa + 1 : 0;
            if (_silentAaaa >= SilencesToSkipPatience)
            {
                _silentAaaa = 0;
                _noPatienceUntil = After(s_noPatience);
            }
        }
    }

    private bool IsBefore(ref long until) => Volatile.Read(ref until) is var moment and not long.MinValue && time.GetTimestamp() < moment;

    private long After(TimeSpan wait) => time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
}

namespace StubResolver.Resolution;

/// <summary>How one question ended: the records of one type of one name, or why there are none.</summary>
internal sealed class QuestionOutcome : LookupOutcome
{
    private DnsAnswer<DnsRecord>? _answer;

    public required string Name { get; init; }

    public required DnsRecordType Type { get; init; }

    /// <summary>The records of the asked type; empty on any error.</summary>
    public DnsRecord[] Records { get; init; } = [];

    /// <summary>The end of the alias chain.</summary>
    public required string CanonicalName { get; init; }

    public DnsServer? Server { get; init; }

    public bool IsAuthenticated { get; init; }

    /// <summary>When the outcome ends its life, for users to read.</summary>
    public DateTimeOffset ExpiresAtUtc { get; init; }

    /// <summary>Whether it waited until others were done: what it lacked then says nothing about the servers.</summary>
    public bool WaitedForSlot { get; init; }

    /// <summary>Whether every server only showed that it does not serve the name: no answer to keep.</summary>
    public bool IsLame { get; init; }

    /// <summary>The outcome as an answer, made when it is first asked for: an address lookup does not need it.</summary>
    public DnsAnswer<DnsRecord> Answer => Volatile.Read(ref _answer) ?? Interlocked.CompareExchange(ref _answer, CreateAnswer(), null) ?? _answer;

    /// <summary>Returns the same outcome for another type: the name has no records at all.</summary>
    public QuestionOutcome WithType(DnsRecordType type) => new()
    {
        Name = Name,
        Type = type,
        Error = Error,
        ResponseCode = ResponseCode,
        Life = Life,
        CanonicalName = CanonicalName,
        Server = Server,
        IsAuthenticated = IsAuthenticated,
        ExpiresAtUtc = ExpiresAtUtc,
    };

    private DnsAnswer<DnsRecord> CreateAnswer() => new(Name, Records)
    {
        CanonicalName = CanonicalName,
        ResponseCode = ResponseCode ?? DnsResponseCode.NoError,
        ExpiresAt = ExpiresAtUtc,
        IsAuthenticated = IsAuthenticated,
        Server = Server,
    };
}

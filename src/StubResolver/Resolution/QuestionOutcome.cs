using System.Text;
using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>How one question ended: the records of one type of one name, or why there are none.</summary>
internal sealed class QuestionOutcome : LookupOutcome
{
    private const byte Authenticated = 1;
    private const byte Waited = 2;

    public required string Name { get; init; }

    /// <summary>The type asked for, which is its slot in the cache, too.</summary>
    public required DnsRecordType Type
    {
        get => (DnsRecordType)Slot;
        init => Slot = CacheSlot.Question((int)value);
    }

    /// <summary>The records of the asked type; none on any error.</summary>
    public DnsRecord[] Records
    {
        init => Content = value.Length switch { 0 => Content, 1 => value[0], _ => value }; // one record by itself: most questions have one
    }

    /// <summary>How many there are.</summary>
    public int RecordCount => Found switch { DnsRecord => 1, DnsRecord[] several => several.Length, _ => 0 };

    /// <summary>The end of an alias chain that has no records; <see langword="null"/> where there was no alias.</summary>
    public string? AliasEnd
    {
        get => Details?.AliasEnd;
        init => Details = value is null ? Details : (Details ?? FailureDetails.None) with { AliasEnd = value };
    }

    /// <summary>The end of the alias chain.</summary>
    public string CanonicalName => RecordCount > 0 ? GetRecord(0).Name : AliasEnd ?? Name;

    public DnsServer? Server { get; init; }

    public bool IsAuthenticated
    {
        get => (Flags & Authenticated) != 0;
        init => Flags |= value ? Authenticated : (byte)0;
    }

    /// <summary>Whether it waited until others were done: what it lacked then says nothing about the servers.</summary>
    public bool WaitedForSlot
    {
        get => (Flags & Waited) != 0;
        init => Flags |= value ? Waited : (byte)0;
    }

    /// <inheritdoc/>
    protected override FailureDetails? Details
    {
        get => Found as FailureDetails;
        init => base.Details = value;
    }

    // What was found stands behind the answers that were made of it.
    private object? Found => Volatile.Read(ref Content) is var content && content is QueriedAnswers answers ? answers.Found : content;

    public DnsRecord GetRecord(int index) => Found is DnsRecord single ? single : ((DnsRecord[])Found!)[index];

    /// <summary>Returns the outcome as an answer.</summary>
    /// <param name="typed">The name as typed, which the answer bears: with or without a trailing dot, or in Unicode.</param>
    /// <param name="clock">Tells when its life ends.</param>
    public DnsAnswer<DnsRecord> GetAnswer(string typed, CacheClock clock)
    {
        QueriedAnswers answers = GetAnswers();
        return Ascii.EqualsIgnoreCase(typed, Name) ? GetOrCreate(ref answers.Plain, Name, clock)
            : typed[^1] == '.' && Ascii.EqualsIgnoreCase(typed.AsSpan(0, typed.Length - 1), Name) ? GetOrCreate(ref answers.Dotted, typed, clock)
            : TypedAnswer.Create<DnsRecord>(typed, this, clock);
    }

    /// <summary>Returns the outcome of a question about a name that is never sent, and does not exist (RFC 6761).</summary>
    public static QuestionOutcome CreateNonExistent(QuestionKey key, TimeSpan life) => new()
    {
        Name = key.Name,
        Type = key.Type,
        Error = DnsError.NameNotFound,
        ResponseCode = DnsResponseCode.NxDomain,
        Life = life,
    };

    /// <summary>Returns a failure as it is remembered.</summary>
    public QuestionOutcome AsRemembered(long now) => new()
    {
        Name = Name,
        Type = Type,
        Error = Error,
        ResponseCode = ResponseCode,
        Details = Details,
        LearntAt = LearntAt ?? now,
        Server = Server,
        WaitedForSlot = WaitedForSlot,
        IsLame = IsLame,
    };

    /// <summary>Returns when the servers said what is known of it, on the cache's clock; <see langword="null"/> where it was never in the cache.</summary>
    public long? GetLearntAt() => LearntAt ?? (FreshUntil > 0 ? FreshUntil - Life.Ticks : null);

    /// <summary>Returns when its life ends.</summary>
    public DateTimeOffset GetExpiry(CacheClock clock) => clock.ToDate(FreshUntil > 0 ? FreshUntil : clock.Now + Life.Ticks);

    /// <summary>Returns the same outcome for another type: the name has no records at all.</summary>
    public QuestionOutcome WithType(DnsRecordType type, long now) => new()
    {
        Name = Name,
        Type = type,
        Error = Error,
        ResponseCode = ResponseCode,
        ExtendedErrors = ExtendedErrors,
        Life = TimeSpan.FromTicks(FreshUntil - now),
        LearntAt = GetLearntAt(),
        AliasEnd = AliasEnd,
        Server = Server,
        IsAuthenticated = IsAuthenticated,
    };

    protected override void SetExpiry(DateTimeOffset date) => Volatile.Write(ref Content, Found);

    private QueriedAnswers GetAnswers()
    {
        while (true)
        {
            object? content = Volatile.Read(ref Content);
            if (content is QueriedAnswers known)
            {
                return known;
            }

            Interlocked.CompareExchange(ref Content, new QueriedAnswers(content), content);
        }
    }

    private DnsAnswer<DnsRecord> GetOrCreate(ref DnsAnswer<DnsRecord>? field, string name, CacheClock clock)
    {
        if (Volatile.Read(ref field) is { } known)
        {
            return known;
        }

        DnsAnswer<DnsRecord> created = TypedAnswer.Create<DnsRecord>(name, this, clock);
        return Interlocked.CompareExchange(ref field, created, null) ?? created;
    }
}

using System.Text;
using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>How one question ended: the records of one type of one name, or why there are none.</summary>
internal sealed class QuestionOutcome : LookupOutcome
{
    private const byte Authenticated = 1;
    private const byte Waited = 2;

    private readonly object? _records; // one record by itself: most questions have one
    private QueriedAnswers? _answers;

    public required string Name { get; init; }

    public required DnsRecordType Type
    {
        get => (DnsRecordType)TypeNumber;
        init => TypeNumber = (ushort)value;
    }

    /// <summary>The records of the asked type; none on any error.</summary>
    public DnsRecord[] Records
    {
        init => _records = value.Length switch { 0 => null, 1 => value[0], _ => value };
    }

    /// <summary>How many there are.</summary>
    public int RecordCount => _records switch { null => 0, DnsRecord[] several => several.Length, _ => 1 };

    /// <summary>The end of the alias chain.</summary>
    public required string CanonicalName { get; init; }

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

    public DnsRecord GetRecord(int index) => _records as DnsRecord ?? ((DnsRecord[])_records!)[index];

    /// <summary>Returns the outcome as an answer.</summary>
    /// <param name="typed">The name as typed, which the answer bears: with or without a trailing dot, or in Unicode.</param>
    /// <param name="clock">Tells when its life ends.</param>
    public DnsAnswer<DnsRecord> GetAnswer(string typed, CacheClock clock)
    {
        QueriedAnswers answers = Volatile.Read(ref _answers) ?? Interlocked.CompareExchange(ref _answers, new QueriedAnswers(), null) ?? _answers;
        return Ascii.EqualsIgnoreCase(typed, Name) ? GetOrCreate(ref answers.Plain, Name, clock)
            : typed[^1] == '.' && Ascii.EqualsIgnoreCase(typed.AsSpan(0, typed.Length - 1), Name) ? GetOrCreate(ref answers.Dotted, typed, clock)
            : TypedAnswer.Create<DnsRecord>(typed, this, clock);
    }

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
        CanonicalName = CanonicalName,
        Server = Server,
        IsAuthenticated = IsAuthenticated,
    };

    protected override void SetExpiry(DateTimeOffset date) => Volatile.Write(ref _answers, new QueriedAnswers());

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

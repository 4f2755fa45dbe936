using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>Makes a typed answer of a question's outcome.</summary>
internal static class TypedAnswer
{
    public static DnsAnswer<TRecord> Create<TRecord>(string typed, QuestionOutcome outcome, CacheClock clock)
        where TRecord : DnsRecord => Create<TRecord>(typed, outcome, outcome.GetExpiry(clock));

    /// <summary>Makes an answer.</summary>
    /// <param name="typed">The name as typed, which the answer bears.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="expiresAt">When its life ends.</param>
    /// <param name="onlyHostNames">Whether records are left out whose target is no host name.</param>
    public static DnsAnswer<TRecord> Create<TRecord>(string typed, QuestionOutcome outcome, DateTimeOffset expiresAt, bool onlyHostNames = false)
        where TRecord : DnsRecord
    {
        TRecord[] records =
        [
            .. Enumerable.Range(0, outcome.RecordCount).Select(outcome.GetRecord).OfType<TRecord>()
                .Where(record => !onlyHostNames || HostName.IsTargetOf(record)),
        ];
        return new DnsAnswer<TRecord>(RecordOrder.Sort(records), typed)
        {
            CanonicalName = outcome.CanonicalName,
            ResponseCode = outcome.ResponseCode ?? DnsResponseCode.NoError,
            ExpiresAt = expiresAt,
            IsAuthenticated = outcome.IsAuthenticated,
            Server = outcome.Server,
        };
    }

    /// <summary>Returns the answer past its life.</summary>
    public static DnsAnswer<TRecord> AsStale<TRecord>(this DnsAnswer<TRecord> answer, DateTimeOffset expiresAt)
        where TRecord : DnsRecord => Copy(answer, [.. answer.Records], expiresAt, isStale: true);

    /// <summary>Returns the same answer with another end of its life.</summary>
    public static DnsAnswer<TRecord> WithExpiry<TRecord>(this DnsAnswer<TRecord> answer, DateTimeOffset expiresAt)
        where TRecord : DnsRecord => Copy(answer, [.. answer.Records], expiresAt, answer.IsStale);

    /// <summary>Returns the same answer with its records in another order; takes over the array.</summary>
    public static DnsAnswer<TRecord> WithRecords<TRecord>(this DnsAnswer<TRecord> answer, TRecord[] records)
        where TRecord : DnsRecord => Copy(answer, records, answer.ExpiresAt, answer.IsStale);

    private static DnsAnswer<TRecord> Copy<TRecord>(DnsAnswer<TRecord> answer, TRecord[] records, DateTimeOffset expiresAt, bool isStale)
        where TRecord : DnsRecord => new(records, answer.Name)
        {
            CanonicalName = answer.CanonicalName,
            ResponseCode = answer.ResponseCode,
            ExpiresAt = expiresAt,
            IsStale = isStale,
            IsAuthenticated = answer.IsAuthenticated,
            Server = answer.Server,
            PartialFailure = answer.PartialFailure,
        };
}

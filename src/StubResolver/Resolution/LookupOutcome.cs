using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>How a lookup or a question ended. Immutable, so that the cache and all callers can share it.</summary>
internal abstract class LookupOutcome : CacheItem
{
    private long _recheckAt;

    /// <summary>Why there are no records, or <see langword="null"/> where there are.</summary>
    public DnsError? Error { get; init; }

    /// <summary>The response code that decided, where a response came.</summary>
    public DnsResponseCode? ResponseCode { get; init; }

    /// <summary>How long the outcome may be kept; zero for not at all.</summary>
    public TimeSpan Life { get; init; }

    /// <summary>The transmissions behind a failure; empty for other outcomes.</summary>
    public IReadOnlyList<DnsAttempt> Attempts { get; init; } = [];

    /// <summary>What the servers said about a failure (RFC 8914).</summary>
    public IReadOnlyList<DnsExtendedError> ExtendedErrors { get; init; } = [];

    /// <summary>After a renewal failed: when to ask again, on the cache's clock. The one thing about an outcome that changes.</summary>
    public long RecheckAt
    {
        get => Volatile.Read(ref _recheckAt);
        set => Volatile.Write(ref _recheckAt, value);
    }

    /// <summary>Whether DNS gave an answer, be it that there is nothing.</summary>
    public bool IsAnswer => Error is null or DnsError.NoData or DnsError.NameNotFound;

    /// <summary>Makes the exception for one caller.</summary>
    public DnsException ToException(string name) => ToException(name, Error ?? DnsError.Unknown, Attempts);

    /// <summary>Makes the exception for one caller of a lookup in which this outcome was the last word.</summary>
    public DnsException ToException(string name, DnsError error, IReadOnlyList<DnsAttempt> attempts) =>
        new(error, name, FailureMessage.Create(error, name, ResponseCode, attempts))
        {
            ResponseCode = ResponseCode,
            Attempts = attempts,
            ExtendedErrors = [.. ExtendedErrors.DistinctBy(error => (error.Code, error.Text))], // each round and family repeats them
        };
}

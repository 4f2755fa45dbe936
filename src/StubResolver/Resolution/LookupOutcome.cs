using StubResolver.Caching;
using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>How a lookup or a question ended. Immutable, so that the cache and all callers can share it.</summary>
internal abstract class LookupOutcome : CacheItem
{
    private const byte Lame = 0x80;
    private const byte Known = 0x40;

    private readonly byte _error; // these two are one more than the number, 0 for none
    private readonly ushort _responseCode;
    private readonly int _lifeMilliseconds;
    private object? _content;

    /// <summary>Why there are no records, or <see langword="null"/> where there are.</summary>
    public DnsError? Error
    {
        get => _error == 0 ? null : (DnsError)(_error - 1);
        init => _error = value is { } error ? (byte)(error + 1) : (byte)0;
    }

    /// <summary>The response code that decided, where a response came.</summary>
    public DnsResponseCode? ResponseCode
    {
        get => _responseCode == 0 ? null : (DnsResponseCode)(_responseCode - 1);
        init => _responseCode = value is { } code ? (ushort)(code + 1) : (ushort)0;
    }

    /// <summary>How long the outcome may be kept, in whole milliseconds; zero for not at all.</summary>
    public TimeSpan Life
    {
        get => new(_lifeMilliseconds * TimeSpan.TicksPerMillisecond);
        init => _lifeMilliseconds = ToMilliseconds(value);
    }

    /// <summary>The transmissions behind a failure; empty for other outcomes.</summary>
    public IReadOnlyList<DnsAttempt> Attempts
    {
        get => Details?.Attempts ?? [];
        init => Details = value.Count == 0 ? Details : (Details ?? FailureDetails.None) with { Attempts = value };
    }

    /// <summary>What the servers said about a failure (RFC 8914).</summary>
    public IReadOnlyList<DnsExtendedError> ExtendedErrors
    {
        get => Details?.ExtendedErrors ?? [];
        init => Details = value.Count == 0 ? Details : (Details ?? FailureDetails.None) with { ExtendedErrors = value };
    }

    /// <summary>For a failure that is remembered: when the servers said so, on the cache's clock; <see langword="null"/> for one of this moment.</summary>
    public long? LearntAt
    {
        get => Details?.LearntAt;
        init => Details = value is null ? Details : (Details ?? FailureDetails.None) with { LearntAt = value };
    }

    /// <summary>For a failure that is remembered: who said so, where one server did.</summary>
    public DnsServer? Source
    {
        get => Details?.Source;
        init => Details = value is null ? Details : (Details ?? FailureDetails.None) with { Source = value };
    }

    /// <summary>What was found, in the form that the kind of outcome has for it, or the details of a failure: no outcome has both.</summary>
    protected ref object? Content => ref _content;

    /// <summary>What only outcomes without records have.</summary>
    protected virtual FailureDetails? Details
    {
        get => Content as FailureDetails;
        init => Content = value ?? Content;
    }

    /// <summary>More of a kind of outcome, a bit each; the two highest are taken.</summary>
    protected byte Flags { get; init; }

    /// <summary>Whether every server only showed that it does not serve the name: no answer to keep, and none that replaces one.</summary>
    public bool IsLame
    {
        get => (Flags & Lame) != 0;
        init => Flags |= value ? Lame : (byte)0;
    }

    /// <summary>Whether nobody had to be asked for it.</summary>
    public bool IsKnown
    {
        get => (Flags & Known) != 0;
        init => Flags |= value ? Known : (byte)0;
    }

    /// <summary>Whether DNS gave an answer, be it that there is nothing.</summary>
    public bool IsAnswer => Error is null or DnsError.NoData or DnsError.NameNotFound;

    /// <summary>Returns what the cache had for the lookup that ended like this; a remembered failure is one more thing that it has.</summary>
    public virtual CacheUse GetCacheUse() => IsKnown ? HitUse : CacheUse.Miss;

    /// <summary>What a hit of this outcome in the cache counts as.</summary>
    public CacheUse HitUse => Error is null ? CacheUse.Hit : CacheUse.NegativeHit;

    /// <summary>Makes the exception for one caller.</summary>
    /// <param name="name">The name as typed.</param>
    /// <param name="now">The time on the cache's clock.</param>
    /// <param name="warning">What is wrong with the configuration, where nobody was told yet.</param>
    public DnsException ToException(string name, long now, string? warning = null)
    {
        TimeSpan? age = LearntAt is { } learntAt ? TimeSpan.FromTicks(Math.Max(0, now - learntAt)) : null;
        return new DnsException(Error ?? DnsError.Unknown, name, FailureMessage.Create(this, name, age, warning))
        {
            ResponseCode = ResponseCode,
            Attempts = Attempts,
            ExtendedErrors = [.. ExtendedErrors.DistinctBy(error => (error.Code, error.Text))], // each round and family repeats them
            IsFromCache = age is not null,
            Age = age,
        };
    }
}

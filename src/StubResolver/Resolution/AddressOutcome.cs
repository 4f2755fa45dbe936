using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>How an address lookup ended, for the name as typed.</summary>
internal sealed class AddressOutcome : LookupOutcome
{
    /// <summary>The addresses; <see langword="null"/> on any error.</summary>
    public DnsAnswer<DnsAddressRecord>? Answer
    {
        get => Volatile.Read(ref Content) as DnsAnswer<DnsAddressRecord>;
        init => Content = value ?? Content;
    }

    /// <summary>Returns what the cache keeps: a failure knows that it is remembered.</summary>
    public AddressOutcome AsRemembered(long now) => Error is null
        ? this
        : new AddressOutcome { Error = Error, ResponseCode = ResponseCode, Life = Life, Details = Details, LearntAt = LearntAt ?? now };

    /// <inheritdoc/>
    public override CacheUse GetCacheUse() => Answer is { IsStale: true } ? CacheUse.Stale : base.GetCacheUse();

    protected override void SetExpiry(DateTimeOffset date)
    {
        if (Answer is { } answer)
        {
            Volatile.Write(ref Content, answer.WithExpiry(date));
        }
    }
}

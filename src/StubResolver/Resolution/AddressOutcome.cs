using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>How an address lookup ended, for the name as typed.</summary>
internal sealed class AddressOutcome : LookupOutcome
{
    private DnsAnswer<DnsAddressRecord>? _answer;

    /// <summary>The addresses; <see langword="null"/> on any error.</summary>
    public DnsAnswer<DnsAddressRecord>? Answer
    {
        get => Volatile.Read(ref _answer);
        init => _answer = value;
    }

    /// <summary>Returns what the cache keeps: a hit sends nothing, and negatives are many.</summary>
    public AddressOutcome WithoutAttempts() => Attempts.Count == 0
        ? this
        : new AddressOutcome { Error = Error, ResponseCode = ResponseCode, Life = Life, ExtendedErrors = ExtendedErrors, Answer = Answer };

    /// <inheritdoc/>
    public override CacheUse GetCacheUse() => Answer is { IsStale: true } ? CacheUse.Stale : base.GetCacheUse();

    protected override void SetExpiry(DateTimeOffset date)
    {
        if (_answer is { } answer)
        {
            Volatile.Write(ref _answer, answer.WithExpiry(date));
        }
    }
}

using System.Net;

namespace StubResolver.Resolution;

/// <summary>How one lookup ended, as far as it is compared.</summary>
/// <param name="Error">Why there are no addresses, or <see langword="null"/>.</param>
/// <param name="Addresses">The addresses, in any order.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record ShadowResult(DnsError? Error, IReadOnlyCollection<IPAddress> Addresses, TimeSpan Duration)
{
    /// <summary>The names of what a comparison may find.</summary>
    public const string Same = "same", OtherAddresses = "addresses", OtherOutcome = "outcome";

    /// <summary>Whether anything was asked: what only waited for its turn says nothing.</summary>
    public bool WasSent { get; init; } = true;

    /// <summary>Returns in what two results differ: the order of addresses, and which kind of failure it was, do not count.</summary>
    public string Compare(ShadowResult other) => (Error, other.Error) switch
    {
        (null, null) => Addresses.ToHashSet().SetEquals(other.Addresses) ? Same : OtherAddresses,
        ({ } left, { } right) => IsFinal(left) == IsFinal(right) ? Same : OtherOutcome,
        _ => OtherOutcome,
    };

    public override string ToString() => Error is { } error ? error.ToString() : string.Join(", ", Addresses);

    // The system's resolver tells a name that does not exist from one without addresses only now and then.
    private static bool IsFinal(DnsError error) => error is DnsError.NameNotFound or DnsError.NoData;
}

namespace StubResolver.Resolution;

/// <summary>Where an address lookup stands; times count from its start.</summary>
/// <param name="Aaaa">The question for IPv6.</param>
/// <param name="A">The question for IPv4.</param>
/// <param name="AaaaAskedAt">When AAAA was asked, be it after a wait for a slot.</param>
/// <param name="AaaaEndedAt">When AAAA ended.</param>
/// <param name="AAskedAt">When A was asked, be it after a wait for a slot.</param>
/// <param name="AEndedAt">When A ended.</param>
/// <param name="Patience">How long an unanswered AAAA holds back A; <see cref="TimeSpan.MaxValue"/> for as long as it takes.</param>
/// <param name="RequiresBoth">Whether one family's failure is the lookup's, so that neither may be left.</param>
internal readonly record struct AddressLookupState(
    FamilyProgress Aaaa,
    FamilyProgress A,
    TimeSpan AaaaAskedAt,
    TimeSpan AaaaEndedAt,
    TimeSpan AAskedAt,
    TimeSpan AEndedAt,
    TimeSpan Patience,
    bool RequiresBoth);

namespace StubResolver.Resolution;

/// <summary>Where an address lookup stands; times count from its start.</summary>
internal readonly record struct AddressLookupState
{
    /// <summary>The question for IPv6.</summary>
    public required FamilyProgress Aaaa { get; init; }

    /// <summary>The question for IPv4.</summary>
    public required FamilyProgress A { get; init; }

    /// <summary>Whether one family's failure is the lookup's, so that neither may be left.</summary>
    public required bool RequiresBoth { get; init; }

    /// <summary>How long an unanswered AAAA holds back A; <see cref="TimeSpan.MaxValue"/> for as long as it takes.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>When AAAA was asked, be it after a wait for a slot.</summary>
    public TimeSpan AaaaAskedAt { get; init; }

    /// <summary>When AAAA ended.</summary>
    public TimeSpan AaaaEndedAt { get; init; }

    /// <summary>When A was asked, be it after a wait for a slot.</summary>
    public TimeSpan AAskedAt { get; init; }

    /// <summary>When A ended.</summary>
    public TimeSpan AEndedAt { get; init; }
}

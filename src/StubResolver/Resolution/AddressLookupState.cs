namespace StubResolver.Resolution;

/// <summary>Where an address lookup stands; times count from its start.</summary>
internal record struct AddressLookupState
{
    /// <summary>The question for IPv6.</summary>
    public required FamilyProgress Aaaa;

    /// <summary>The question for IPv4.</summary>
    public required FamilyProgress A;

    /// <summary>Whether one family's failure is the lookup's, so that neither may be left.</summary>
    public required bool RequiresBoth;

    /// <summary>How long an unanswered AAAA holds back A; <see cref="TimeSpan.MaxValue"/> for as long as it takes.</summary>
    public required TimeSpan Patience;

    /// <summary>When AAAA was asked, be it after a wait for a slot.</summary>
    public TimeSpan AaaaAskedAt;

    /// <summary>When AAAA ended.</summary>
    public TimeSpan AaaaEndedAt;

    /// <summary>When A was asked, be it after a wait for a slot.</summary>
    public TimeSpan AAskedAt;

    /// <summary>When A ended.</summary>
    public TimeSpan AEndedAt;
}

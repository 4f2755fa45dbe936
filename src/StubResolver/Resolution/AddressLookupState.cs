namespace StubResolver.Resolution;

/// <summary>How far the question for one address family has come.</summary>
internal enum FamilyProgress
{
    /// <summary>This family is not asked for.</summary>
    NotWanted,

    /// <summary>It is still to be asked.</summary>
    NotAsked,

    /// <summary>It is in flight.</summary>
    Pending,

    /// <summary>It is in flight, but every server has failed it once: nobody waits for it while there is anything better.</summary>
    Failing,

    /// <summary>It ended without addresses, or with addresses that this host has no route to.</summary>
    Ended,

    /// <summary>It ended with addresses that can be connected to.</summary>
    Reachable,
}

/// <summary>Where an address lookup stands; times count from its start.</summary>
/// <param name="Aaaa">The question for IPv6.</param>
/// <param name="A">The question for IPv4.</param>
/// <param name="AaaaEndedAt">When AAAA ended.</param>
/// <param name="AAskedAt">When A was asked.</param>
/// <param name="AEndedAt">When A ended.</param>
/// <param name="Patience">How long an unanswered AAAA holds back A; <see cref="TimeSpan.MaxValue"/> for as long as it takes.</param>
/// <param name="RequiresBoth">Whether one family's failure is the lookup's, so that neither may be left.</param>
internal readonly record struct AddressLookupState(
    FamilyProgress Aaaa,
    FamilyProgress A,
    TimeSpan AaaaEndedAt,
    TimeSpan AAskedAt,
    TimeSpan AEndedAt,
    TimeSpan Patience,
    bool RequiresBoth);

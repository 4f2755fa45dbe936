namespace StubResolver.Resolution;

/// <summary>How far the question for one address family has come.</summary>
internal enum FamilyProgress : byte
{
    /// <summary>This family is not asked for.</summary>
    NotWanted,

    /// <summary>It is still to be asked.</summary>
    NotAsked,

    /// <summary>It waits for a slot: nothing was sent, and no time to wait for it has begun.</summary>
    Queued,

    /// <summary>It is in flight.</summary>
    Pending,

    /// <summary>It is in flight, but every server has failed it once: nobody waits for it while there is anything better.</summary>
    Failing,

    /// <summary>It ended without addresses, or with addresses that this host has no route to.</summary>
    Ended,

    /// <summary>It ended with addresses that can be connected to.</summary>
    Reachable,
}

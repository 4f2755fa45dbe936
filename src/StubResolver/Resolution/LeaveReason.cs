namespace StubResolver.Resolution;

/// <summary>Why somebody stops waiting for a question.</summary>
internal enum LeaveReason
{
    /// <summary>The caller is gone; nothing is learnt from that.</summary>
    Cancelled,

    /// <summary>The time is over.</summary>
    Deadline,

    /// <summary>Enough is known without it; its answer may still fill the cache.</summary>
    Satisfied,
}

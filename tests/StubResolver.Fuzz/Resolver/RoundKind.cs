namespace StubResolver.Fuzz.Resolver;

/// <summary>What the servers of a round do.</summary>
internal enum RoundKind
{
    /// <summary>One server at least tells the truth in the end, whatever else it sends: each lookup must be answered.</summary>
    Truthful,

    /// <summary>The same, under datagrams at all ports.</summary>
    Flooded,

    /// <summary>Anything goes: each lookup must end.</summary>
    Hostile,
}

namespace StubResolver.Resolution;

/// <summary>Where following the aliases inside one answer section led.</summary>
internal enum AliasChainEnd
{
    /// <summary>To records of the asked type.</summary>
    Records,

    /// <summary>To a name without records of the asked type in this answer; to the asked name itself where the answer has no alias of it.</summary>
    Name,

    /// <summary>Nowhere: a loop, too many links, or two different canonical names for one owner.</summary>
    Malformed,
}

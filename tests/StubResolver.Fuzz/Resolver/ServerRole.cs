namespace StubResolver.Fuzz.Resolver;

/// <summary>What one server of a round does.</summary>
internal enum ServerRole
{
    /// <summary>Tells the truth, after what does not belong to the query.</summary>
    Truthful,

    /// <summary>Has nothing to say: errors, silence, closed connections.</summary>
    Failing,

    /// <summary>Anything.</summary>
    Hostile,
}

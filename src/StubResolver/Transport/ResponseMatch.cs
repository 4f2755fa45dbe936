namespace StubResolver.Transport;

/// <summary>How a received message relates to the query that waits for a reply.</summary>
internal enum ResponseMatch
{
    /// <summary>It answers the query.</summary>
    Match,

    /// <summary>It answers the query in all but the letter case that was asked for.</summary>
    CaseMismatch,

    /// <summary>A response with a wrong id or question: a forgery that guesses, or a latecomer.</summary>
    NearMiss,

    /// <summary>Not a response to a query at all.</summary>
    Junk,
}

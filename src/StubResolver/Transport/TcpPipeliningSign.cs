namespace StubResolver.Transport;

/// <summary>What the end of one connection says about several queries on it.</summary>
internal enum TcpPipeliningSign
{
    /// <summary>Nothing: it had one query, or answered none.</summary>
    None,

    /// <summary>It answered several.</summary>
    Answered,

    /// <summary>It answered one and then ended: the server's habit, or an accident.</summary>
    Doubtful,

    /// <summary>It answered one and stayed, but the others were lost.</summary>
    Lost,
}

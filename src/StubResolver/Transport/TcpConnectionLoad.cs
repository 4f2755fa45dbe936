namespace StubResolver.Transport;

/// <summary>What counts when a connection for a query is chosen.</summary>
/// <param name="QueryCount">Queries that wait for a reply on it.</param>
/// <param name="OldestAge">How long the oldest of them has waited; <see cref="HeldUp"/> where one of them held up a connection before.</param>
internal readonly record struct TcpConnectionLoad(int QueryCount, TimeSpan OldestAge)
{
    /// <summary>An age above all others.</summary>
    public static readonly TimeSpan HeldUp = TimeSpan.MaxValue;
}

namespace StubResolver.Resolution;

/// <summary>What one who waits for a question wants of it.</summary>
/// <param name="Rounds">The rounds over the servers at most.</param>
/// <param name="IsBackground">Whether it is work that nobody waits for, which leaves only while a slot is free.</param>
internal readonly record struct WaiterWish(int Rounds, bool IsBackground);

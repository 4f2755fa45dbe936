namespace StubResolver.Resolution;

/// <summary>Counts the replies of all servers, to tell whether one came since a moment. Thread-safe.</summary>
internal sealed class ReplyCounter
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Increment() => Interlocked.Increment(ref _count);
}

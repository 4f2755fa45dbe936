namespace StubResolver.Resolution;

/// <summary>Tells whether a server replied since a moment. Thread-safe.</summary>
/// <remarks>It only counts on once somebody has looked: nearly always nobody has, and a reply writes nothing that all threads share.</remarks>
internal sealed class ReplyCounter
{
    private int _count;
    private bool _isLookedAt;

    /// <summary>Another number than before, where there was a reply since the last look.</summary>
    public int Count
    {
        get
        {
            int count = Volatile.Read(ref _count); // first: whoever takes back the flag counts after that
            Volatile.Write(ref _isLookedAt, true);
            Interlocked.MemoryBarrier();
            return count;
        }
    }

    /// <summary>Notes a reply.</summary>
    public void OnReply()
    {
        if (Volatile.Read(ref _isLookedAt))
        {
            Volatile.Write(ref _isLookedAt, false);
            Interlocked.Increment(ref _count);
        }
    }
}

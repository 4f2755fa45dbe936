namespace StubResolver.Caching;

/// <summary>
/// Counts what was cleared, by name: what was asked for before is not to be stored. Bounded: names share marks, which costs one of them no more
/// than an answer that is not kept. Reading is thread-safe; writers hold the cache's lock.
/// </summary>
internal sealed class ClearMarks
{
    private readonly int[] _marks = new int[256];
    private int _all;

    /// <summary>Returns a number that changes when the name is cleared.</summary>
    public int Get(ReadOnlySpan<char> name) => Volatile.Read(ref _all) + Volatile.Read(ref Mark(name));

    public void Clear() => Volatile.Write(ref _all, _all + 1);

    public void Clear(ReadOnlySpan<char> name)
    {
        ref int mark = ref Mark(name);
        Volatile.Write(ref mark, mark + 1);
    }

    // Names beyond ASCII, as typed, may fold more than the cache does: they only share a mark then.
    private ref int Mark(ReadOnlySpan<char> name) => ref _marks[(byte)string.GetHashCode(name, StringComparison.OrdinalIgnoreCase)];
}

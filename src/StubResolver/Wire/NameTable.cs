using System.Runtime.CompilerServices;

namespace StubResolver.Wire;

/// <summary>The names of one message that have become strings, by the offset of their first label.</summary>
internal struct NameTable
{
    // Nearly every reply has fewer names; beyond that a dictionary keeps the search from becoming quadratic.
    private const int InlineCapacity = 8;

    // A compression pointer has 14 bits: names further back cannot be met again.
    private const int MaxPointerTarget = 0x3FFF;

    private Entries _entries;
    private int _count;
    private Dictionary<int, string>? _overflow;

    public readonly string? Find(int offset)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_entries[i].Offset == offset)
            {
                return _entries[i].Text;
            }
        }

        return _overflow?.GetValueOrDefault(offset);
    }

    public void Add(int offset, string text)
    {
        if (offset > MaxPointerTarget)
        {
            return;
        }

        if (_count < InlineCapacity)
        {
            _entries[_count++] = new Entry(offset, text);
        }
        else
        {
            (_overflow ??= [])[offset] = text;
        }
    }

    private readonly record struct Entry(int Offset, string Text);

    [InlineArray(InlineCapacity)]
    private struct Entries
    {
        private Entry _first;
    }
}

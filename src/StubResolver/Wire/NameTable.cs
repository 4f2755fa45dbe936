using System.Runtime.CompilerServices;

namespace StubResolver.Wire;

/// <summary>The names of one message that have become strings, by the offset of their first label.</summary>
internal struct NameTable
{
    // Nearly every reply has fewer names; beyond that a dictionary keeps the search from becoming quadratic.
    private const int InlineCapacity = 8;

    // A compression pointer has 14 bits: names further back cannot be met again.
    private const int MaxPointerTarget = 0x3FFF;

    private InlineArray8<int> _offsets;
    private InlineArray8<string> _texts;
    private int _count;
    private Dictionary<int, string>? _overflow;
    private HashSet<string>? _overflowTexts;

    public readonly string? Find(int offset)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_offsets[i] == offset)
            {
                return _texts[i];
            }
        }

        return _overflow?.GetValueOrDefault(offset);
    }

    /// <summary>Finds the string of a name that was met before at another offset, letter case included.</summary>
    public readonly string? FindEqual(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < _count; i++)
        {
            if (text.SequenceEqual(_texts[i]))
            {
                return _texts[i];
            }
        }

        return _overflowTexts is null ? null : FindOverflow(text);
    }

    // Apart from its caller, which every reply goes through.
    private readonly string? FindOverflow(ReadOnlySpan<char> text) =>
        _overflowTexts!.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out string? known) ? known : null;

    public void Add(int offset, string text)
    {
        if (_count < InlineCapacity)
        {
            _offsets[_count] = offset;
            _texts[_count++] = text;
            return;
        }

        (_overflowTexts ??= []).Add(text);
        if (offset <= MaxPointerTarget)
        {
            (_overflow ??= [])[offset] = text;
        }
    }
}

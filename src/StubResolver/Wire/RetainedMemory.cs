using System.Text;
using System.Text.Unicode;

namespace StubResolver.Wire;

/// <summary>
/// Makes the strings and octets that outlive a message: each name once, and all of them within 1 MiB. The largest honest reply, 64 KiB of
/// records, takes about half of that; without a bound 64 KiB of pointers to long names would become many megabytes.
/// </summary>
/// <remarks>Record objects come on top: their size is fixed, at most about 90 bytes for the 11 octets or more that each takes in the message.</remarks>
internal ref struct RetainedMemory
{
    private const int Budget = 1024 * 1024;
    private const int ReferenceSize = 8;
    private const int ArrayHeaderSize = 24;
    private const int StringHeaderSize = 22;
    private const int ExtendedErrorSize = 48;
    private const int MaxTextLength = 4 * EncodedName.MaxLength; // each octet as \DDD

    private readonly string _questionName;
    private readonly ReadOnlySpan<byte> _question;
    private NameTable _names;
    private EncodedName _lastName;
    private string _lastText;
    private int _left;

    /// <summary>Starts with the whole budget.</summary>
    /// <param name="questionName">The string that owners equal to it share.</param>
    /// <param name="question">The same name in wire form; empty where it has none.</param>
    public RetainedMemory(string questionName, ReadOnlySpan<byte> question)
    {
        _left = Budget;
        _questionName = questionName;
        _question = question;
        _lastText = questionName;
    }

    /// <summary>Takes note of the question where it repeats the asked name to the letter, as nearly always; returns its length then, else 0.</summary>
    public int AddExactQuestion(ReadOnlySpan<byte> message, int offset)
    {
        if (_question.IsEmpty || !message[offset..].StartsWith(_question))
        {
            return 0;
        }

        _names.Add(offset, _questionName);
        return _question.Length;
    }

    /// <summary>Takes note of the name in the question section, to which owners mostly point.</summary>
    public void AddQuestion(in EncodedName name)
    {
        if (name.EqualsIgnoreCase(_question))
        {
            _names.Add(name.Start, _questionName);
        }
    }

    /// <summary>Returns an owner name: the asked name's own string, or that of the name before it, where they are equal.</summary>
    public bool TryGetOwner(in EncodedName name, out string text)
    {
        if (_names.Find(name.Start) is { } known)
        {
            text = known;
            return true;
        }

        // Servers that do not compress repeat the asked name, or the target of the alias before.
        if (name.EqualsIgnoreCase(_question))
        {
            text = _questionName;
        }
        else if (name.EqualsIgnoreCase(_lastName))
        {
            text = _lastText;
        }
        else
        {
            return TryCreate(name, out text);
        }

        _names.Add(name.Start, text);
        return true;
    }

    /// <summary>Returns a name from RDATA.</summary>
    public bool TryGetName(in EncodedName name, out string text)
    {
        if (_names.Find(name.Start) is { } known)
        {
            text = known;
            return true;
        }

        return TryCreate(name, out text);
    }

    /// <summary>Returns a character string: UTF-8 where it is valid, else one character an octet.</summary>
    public bool TryGetString(scoped ReadOnlySpan<byte> octets, out string text)
    {
        text = "";
        if (!octets.IsEmpty && !TryTake(StringHeaderSize + (2 * octets.Length)))
        {
            return false;
        }

        text = (Utf8.IsValid(octets) ? Encoding.UTF8 : Encoding.Latin1).GetString(octets);
        return true;
    }

    /// <summary>Returns a copy of octets.</summary>
    public bool TryCopy(scoped ReadOnlySpan<byte> octets, out byte[] copy)
    {
        copy = [];
        if (!TryTakeOctets(octets.Length))
        {
            return false;
        }

        copy = octets.ToArray();
        return true;
    }

    /// <summary>Pays for an array of octets.</summary>
    public bool TryTakeOctets(int count) => count == 0 || TryTake(ArrayHeaderSize + count);

    /// <summary>Pays for an extended error and its place in a list that grows by doubling; its text is paid for on its own.</summary>
    public bool TryTakeExtendedError() => TryTake(ExtendedErrorSize);

    private bool TryCreate(in EncodedName name, out string text)
    {
        text = ".";
        if (!name.IsRoot)
        {
            Span<char> characters = stackalloc char[MaxTextLength];
            characters = characters[..name.GetTextLength()];
            name.WriteText(characters);
            if (_names.FindEqual(characters) is { } known)
            {
                text = known; // from a server that does not compress
            }
            else if (TryTake(StringHeaderSize + (2 * characters.Length)))
            {
                text = new string(characters);
            }
            else
            {
                return false;
            }
        }

        _names.Add(name.Start, text);
        _lastName = name;
        _lastText = text;
        return true;
    }

    private bool TryTake(int size)
    {
        _left -= (size + ReferenceSize - 1) & -ReferenceSize; // the heap rounds up to whole words
        return _left >= 0;
    }
}

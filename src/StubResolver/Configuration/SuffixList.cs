namespace StubResolver.Configuration;

/// <summary>Collects suffixes for the search list: in order, each once, none that can be no name, bounded.</summary>
internal sealed class SuffixList
{
    private const int MaxNameLength = 253;
    private const int MaxLabelLength = 63;

    private readonly List<string> _items = [];

    public IReadOnlyList<string> Items => _items;

    /// <summary>Makes a list of one suffix, or of none if it can be no name.</summary>
    public static IReadOnlyList<string> Create(ReadOnlySpan<char> text)
    {
        SuffixList list = new();
        list.Add(text);
        return list.Items;
    }

    /// <summary>Adds a suffix, with or without a trailing dot; "." is the root and stays. False where it can be no name.</summary>
    public bool Add(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> suffix = text is [.., not '.', '.'] ? text[..^1] : text;
        if (!(suffix is "." || IsName(suffix)))
        {
            return false;
        }

        string item = suffix.ToString();
        if (_items.Count < ResolvConf.MaxEntries && !_items.Exists(known => known.Equals(item, StringComparison.OrdinalIgnoreCase)))
        {
            _items.Add(item);
        }

        return true;
    }

    private static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > MaxNameLength)
        {
            return false;
        }

        int labelLength = 0;
        foreach (char c in text)
        {
            labelLength = c == '.' ? 0 : labelLength + 1;
            bool isGarbage = char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || c == '\uFFFD';
            if (isGarbage || labelLength > MaxLabelLength)
            {
                return false;
            }
        }

        return text[0] != '.' && text[^1] != '.' && !text.Contains("..", StringComparison.Ordinal);
    }
}

namespace StubResolver.Resolution;

/// <summary>Knows the names that are never sent to a server (RFC 6761).</summary>
internal static class SpecialNames
{
    /// <summary>Classifies a normalized name by its last label, ignoring ASCII case. "local" is not special: clusters serve it.</summary>
    public static SpecialName Classify(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> label = GetLastLabel(name);
        return label switch
        {
            _ when label.Equals("localhost", StringComparison.OrdinalIgnoreCase) => SpecialName.Localhost,
            _ when label.Equals("invalid", StringComparison.OrdinalIgnoreCase) => SpecialName.NonExistent,
            _ when label.Equals("onion", StringComparison.OrdinalIgnoreCase) => SpecialName.NonExistent,
            _ when label.Equals("alt", StringComparison.OrdinalIgnoreCase) => SpecialName.NonExistent,
            _ => SpecialName.None,
        };
    }

    private static ReadOnlySpan<char> GetLastLabel(ReadOnlySpan<char> name)
    {
        name = QueryName.IsFullyQualified(name) ? name[..^1] : name;
        int dot = name.LastIndexOf('.');
        return dot >= 0 && QueryName.IsFullyQualified(name[..(dot + 1)]) ? name[(dot + 1)..] : dot < 0 ? name : [];
    }
}

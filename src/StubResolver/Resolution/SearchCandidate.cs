namespace StubResolver.Resolution;

/// <summary>One fully qualified name to try.</summary>
/// <param name="Name">The name, without a trailing dot.</param>
/// <param name="IsSuffixed">Whether it was completed with a suffix of the search list.</param>
internal readonly record struct SearchCandidate(string Name, bool IsSuffixed)
{
    public readonly string Name = Name;
    public readonly bool IsSuffixed = IsSuffixed;
}

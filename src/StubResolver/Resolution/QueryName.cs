namespace StubResolver.Resolution;

/// <summary>Checks a name as typed and brings it to the form that is sent (RFC 1035 §2.3.4, RFC 5891).</summary>
internal static class QueryName
{
    /// <summary>Returns what is wrong with a name, as a predicate with the name in it, or <see langword="null"/>.</summary>
    public static string? GetError(string? name) => string.IsNullOrWhiteSpace(name) ? "must not be empty." : null;
}

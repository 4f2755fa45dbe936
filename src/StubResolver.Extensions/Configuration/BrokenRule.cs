using Microsoft.Extensions.Configuration;

namespace StubResolver.Extensions.Configuration;

/// <summary>A value of a configuration that can be read, and is out of range.</summary>
/// <param name="Property">The property, as in "Cache.MaxTtl".</param>
/// <param name="Reason">What is wrong with it: the rest of the sentence.</param>
internal readonly record struct BrokenRule(string Property, string Reason)
{
    /// <summary>Returns the broken rules about one value. Those about two are left to the validation, as a later step may set the other one.</summary>
    public static BrokenRule[] FindIn(DnsResolverOptions options) =>
        [.. options.GetErrors().Where(error => !error.Contains(" must not be over ", StringComparison.Ordinal)).Select(Parse)];

    public string Describe(IConfiguration configuration) =>
        configuration.GetSection(Property.Replace('.', ConfigurationPath.KeyDelimiter[0])).Path + Reason;

    // An index is dropped: it counts the items that could be read, and the text of the item follows.
    private static BrokenRule Parse(string error)
    {
        string property = error[..error.AsSpan().IndexOfAny(" [")];
        return new BrokenRule(property, error[error.IndexOf(' ', StringComparison.Ordinal)..]);
    }
}

using System.Globalization;
using System.Text;

namespace StubResolver.Testing.Messages;

/// <summary>Names with characters outside ASCII, which travel as "xn--" labels (RFC 5890 §2.3.2.1), as HttpClient and the resolver write them.</summary>
internal static class InternationalName
{
    private static readonly IdnMapping s_mapping = new() { UseStd3AsciiRules = false };

    /// <summary>Returns a name in ASCII; one that is ASCII, or has escapes, as it is.</summary>
    /// <exception cref="ArgumentException">The name has characters that no domain name has.</exception>
    public static string ToAscii(string name)
    {
        if (Ascii.IsValid(name) || name.Contains('\\', StringComparison.Ordinal))
        {
            return name;
        }

        string mapped = s_mapping.GetAscii(name.TrimEnd('.').ToLowerInvariant());
        return name.EndsWith('.') ? mapped + "." : mapped;
    }
}

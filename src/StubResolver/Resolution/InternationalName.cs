using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace StubResolver.Resolution;

/// <summary>Brings the labels of a name that are not ASCII to their "xn--" form (RFC 5890 §2.3.2.1).</summary>
internal static class InternationalName
{
    private static readonly IdnMapping s_mapping = new() { UseStd3AsciiRules = false };

    /// <summary>Whether a character separates labels: the full stop, or one of the ideographic ones (RFC 3490 §3.1).</summary>
    public static bool IsDot(char c) => c is '.' or '\u3002' or '\uFF0E' or '\uFF61';

    /// <summary>Returns the name in ASCII, its dots kept; else what is wrong, as the end of a sentence.</summary>
    public static bool TryGetAscii(string name, [NotNullWhen(true)] out string? ascii, [NotNullWhen(false)] out string? fault)
    {
        StringBuilder text = new(name.Length + 8);
        ascii = null;
        int start = 0;
        while (true)
        {
            int end = FindDot(name, start);
            if (!TryAppendLabel(text, name[start..end], out fault))
            {
                return false;
            }

            if (end == name.Length)
            {
                break;
            }

            text.Append('.');
            start = end + 1;
        }

        ascii = text.ToString();
        fault = null;
        return true;
    }

    /// <summary>Returns a name in its other form, with "xn--" labels as the characters they stand for; <see langword="null"/> if it has no other.</summary>
    public static string? GetUnicode(string ascii)
    {
        if (!ascii.Contains("xn--", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        try
        {
            string unicode = s_mapping.GetUnicode(ascii);
            return Ascii.IsValid(unicode) ? null : unicode;
        }
        catch (ArgumentException)
        {
            return null; // "xn--" and what no label turns into
        }
    }

    private static int FindDot(string name, int start)
    {
        int i = start;
        while (i < name.Length && !IsDot(name[i]))
        {
            i += name[i] == '\\' ? 2 : 1; // what is escaped separates nothing
        }

        return Math.Min(i, name.Length);
    }

    private static bool TryAppendLabel(StringBuilder text, string label, [NotNullWhen(false)] out string? fault)
    {
        fault = null;
        if (Ascii.IsValid(label))
        {
            text.Append(label);
            return true;
        }

        fault = FindFault(label);
        if (fault is not null)
        {
            return false;
        }

        try
        {
            // Without ICU the mapping leaves upper case as it is.
            string mapped = s_mapping.GetAscii(label.ToLowerInvariant());
            fault = mapped.AsSpan().ContainsAny('.', '\\') ? "has a character that stands for a dot or a backslash" : null;
            text.Append(mapped);
        }
        catch (ArgumentException)
        {
            fault = "has a label that is no internationalized domain name";
        }

        return fault is null;
    }

    private static string? FindFault(string label)
    {
        foreach (char c in label)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                return "has a blank or a control character";
            }
        }

        return label.Contains('\\', StringComparison.Ordinal) ? "has a label with both an escape and a character outside ASCII" : null;
    }
}

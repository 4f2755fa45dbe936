using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace StubResolver.Resolution;

/// <summary>Checks a name as typed and brings it to the form that is sent: ASCII, no trailing dot, escapes kept (RFC 1035 §5.1, RFC 5890).</summary>
internal static class QueryName
{
    private const int MaxLabelLength = 63;
    private const int MaxWireLength = 255;
    private const int MaxQuotedLength = 300;

    /// <summary>Returns what is wrong with a name, as a predicate with the name in it, or <see langword="null"/>.</summary>
    public static string? GetError(string? name)
    {
        if (name is null)
        {
            return "must not be empty.";
        }

        return TryNormalize(name, out _, out string? error) ? null : error;
    }

    /// <summary>Returns the name to send: <paramref name="typed"/> itself where nothing has to change.</summary>
    public static bool TryNormalize(string typed, [NotNullWhen(true)] out string? name, [NotNullWhen(false)] out string? error)
    {
        name = null;
        if (typed.Length == 0)
        {
            error = "must not be empty.";
            return false;
        }

        string? ascii = typed;
        string? fault = null;
        if (Ascii.IsValid(typed) || InternationalName.TryGetAscii(typed, out ascii, out fault))
        {
            fault = FindFault(ascii, out _);
        }

        if (fault is not null)
        {
            error = $"'{Quote(typed)}' {fault}.";
            return false;
        }

        name = ascii!.Length > 1 && IsFullyQualified(ascii) ? ascii[..^1] : ascii;
        error = null;
        return true;
    }

    /// <summary>Returns the name to send.</summary>
    /// <exception cref="ArgumentException">It is not a domain name.</exception>
    public static string Normalize(string typed, [CallerArgumentExpression(nameof(typed))] string? paramName = null) =>
        TryNormalize(typed, out string? name, out string? error) ? name : throw new ArgumentException($"The name {error}", paramName);

    /// <summary>Whether the last character is a dot that separates labels: such a name is not completed with the search list.</summary>
    public static bool IsFullyQualified(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !InternationalName.IsDot(name[^1]))
        {
            return false;
        }

        ReadOnlySpan<char> front = name[..^1];
        int escapes = front.Length - front.TrimEnd('\\').Length;
        return escapes % 2 == 0; // an even run of backslashes escapes itself, not the dot
    }

    /// <summary>Counts the dots that separate labels.</summary>
    public static int CountDots(ReadOnlySpan<char> name)
    {
        int dots = 0;
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == '\\')
            {
                i++; // in \DDD the two digits left behind are no dots either
            }
            else if (name[i] == '.')
            {
                dots++;
            }
        }

        return dots;
    }

    /// <summary>The octets a normalized name takes in a message, without compression (RFC 1035 §3.1).</summary>
    public static int GetWireLength(ReadOnlySpan<char> name)
    {
        FindFault(name, out int wireLength);
        return wireLength;
    }

    /// <summary>Returns what is wrong with an ASCII name, as the end of a sentence.</summary>
    private static string? FindFault(ReadOnlySpan<char> name, out int wireLength)
    {
        wireLength = 1; // the root label
        if (name is ".")
        {
            return null;
        }

        int labelLength = 0;
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (c == '.')
            {
                if (labelLength == 0)
                {
                    return "has an empty label";
                }

                wireLength += labelLength + 1;
                labelLength = 0;
            }
            else if (c is <= ' ' or '\x7F')
            {
                return "has a blank or a control character";
            }
            else if (c == '\\' && !TrySkipEscape(name, ref i))
            {
                return "has an escape that is neither \\DDD up to 255 nor a backslash before a printable character";
            }
            else if (++labelLength > MaxLabelLength)
            {
                return $"has a label over {MaxLabelLength} octets";
            }
        }

        wireLength += labelLength == 0 ? 0 : labelLength + 1;
        return wireLength > MaxWireLength ? $"is over {MaxWireLength} octets" : null;
    }

    /// <summary>Moves from the backslash to the last character of its escape.</summary>
    private static bool TrySkipEscape(ReadOnlySpan<char> name, ref int i)
    {
        ReadOnlySpan<char> rest = name[(i + 1)..];
        if (rest.IsEmpty || !char.IsAsciiDigit(rest[0]))
        {
            i++;
            return !rest.IsEmpty && rest[0] is > ' ' and <= '~';
        }

        i += 3;
        return rest.Length >= 3 && byte.TryParse(rest[..3], NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    private static string Quote(string typed) => typed.Length <= MaxQuotedLength ? typed : $"{typed.AsSpan(0, MaxQuotedLength)}…";
}

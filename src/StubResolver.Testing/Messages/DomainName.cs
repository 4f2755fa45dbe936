using System.Globalization;
using System.Text;

namespace StubResolver.Testing.Messages;

/// <summary>Names between their text (RFC 1035 §5.1) and their labels.</summary>
internal static class DomainName
{
    public const string Root = ".";

    private const int MaxLabelLength = 63;
    private const int MaxEncodedLength = 255;

    /// <summary>Brings a name to the one form that is compared: no trailing dot, escapes only where they are needed.</summary>
    public static string Normalize(string name) => ToText(ToLabels(name));

    /// <summary>Splits a name into labels; none for the root.</summary>
    /// <exception cref="ArgumentException">The text is not a name: of characters, with those outside ASCII as IDNs, or of ASCII and escapes.</exception>
    public static List<byte[]> ToLabels(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        name = InternationalName.ToAscii(name);
        List<byte[]> labels = [];
        List<byte> label = [];
        for (int i = 0; i < name.Length && name != Root;)
        {
            if (name[i] != '.')
            {
                label.Add(ReadOctet(name, ref i));
                continue;
            }

            labels.Add(EndLabel(label, name));
            i++;
        }

        if (label.Count > 0)
        {
            labels.Add(EndLabel(label, name));
        }

        if (labels.Sum(octets => octets.Length + 1) + 1 > MaxEncodedLength)
        {
            throw new ArgumentException($"The name '{name}' is longer than {MaxEncodedLength} octets.", nameof(name));
        }

        return labels;
    }

    public static string ToText(IEnumerable<byte[]> labels)
    {
        StringBuilder text = new();
        foreach (byte[] label in labels)
        {
            text.Append(text.Length == 0 ? "" : ".");
            foreach (byte octet in label)
            {
                AppendOctet(text, octet);
            }
        }

        return text.Length == 0 ? Root : text.ToString();
    }

    /// <summary>Returns the name one label up, or <see langword="null"/> above the root.</summary>
    public static string? Parent(string name) => name == Root ? null : ToText(ToLabels(name).Skip(1));

    private static byte[] EndLabel(List<byte> label, string name)
    {
        if (label.Count is 0 or > MaxLabelLength)
        {
            throw new ArgumentException($"A label of the name '{name}' is empty or longer than {MaxLabelLength} octets.", nameof(name));
        }

        byte[] octets = [.. label];
        label.Clear();
        return octets;
    }

    private static byte ReadOctet(string name, ref int i)
    {
        char c = name[i++];
        if (c > '\x7e')
        {
            throw new ArgumentException($"The name '{name}' has both escapes and characters outside ASCII; write octets as \\DDD and IDNs as A-labels.", nameof(name));
        }

        if (c != '\\' || i == name.Length)
        {
            return (byte)c;
        }

        bool isDecimal = i + 3 <= name.Length
            & byte.TryParse(name.AsSpan(i, Math.Min(3, name.Length - i)), NumberStyles.None, CultureInfo.InvariantCulture, out byte value);
        i += isDecimal ? 3 : 1;
        return isDecimal ? value : (byte)name[i - 1];
    }

    private static void AppendOctet(StringBuilder text, byte octet)
    {
        if (octet is (byte)'.' or (byte)'\\')
        {
            text.Append('\\').Append((char)octet);
        }
        else if (octet is <= (byte)' ' or > (byte)'~')
        {
            text.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
        }
        else
        {
            text.Append((char)octet);
        }
    }
}

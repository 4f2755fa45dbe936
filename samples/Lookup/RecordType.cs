using System.Globalization;
using StubResolver;

namespace Lookup;

/// <summary>Record types as people type them: a mnemonic, TYPE123 (RFC 3597) or a number.</summary>
internal static class RecordType
{
    public static bool TryParse(string text, out DnsRecordType type)
    {
        string digits = text.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase) ? text[4..] : text;
        if (ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
        {
            type = (DnsRecordType)number;
            return true;
        }

        // Enum.TryParse would also take lists, signs, blanks and any number.
        return Enum.TryParse(text, ignoreCase: true, out type) && char.IsAsciiLetter(text[0]) && text.All(char.IsAsciiLetterOrDigit);
    }
}

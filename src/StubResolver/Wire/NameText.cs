using System.Buffers;
using System.Text;

namespace StubResolver.Wire;

/// <summary>The text form of names (RFC 1035 §5.1): special characters get a backslash, what cannot be printed becomes \DDD.</summary>
internal static class NameText
{
    // Letters, digits and the signs that mean nothing in a zone file: nearly every label has only these.
    private static readonly SearchValues<byte> s_plain =
        SearchValues.Create("!#%&'*+,-/0123456789:<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Returns the number of characters of a name that is not the root, without a trailing dot.</summary>
    public static int GetTextLength(this in EncodedName name)
    {
        int length = name.Length - 2;
        foreach (ReadOnlySpan<byte> label in name)
        {
            if (label.ContainsAnyExcept(s_plain))
            {
                foreach (byte octet in label)
                {
                    length += ExtraCharacters(octet);
                }
            }
        }

        return length;
    }

    /// <summary>Writes a name that is not the root into exactly the room it needs.</summary>
    public static void WriteText(this in EncodedName name, Span<char> text)
    {
        int position = 0;
        foreach (ReadOnlySpan<byte> label in name)
        {
            if (position > 0)
            {
                text[position++] = '.';
            }

            if (!label.ContainsAnyExcept(s_plain))
            {
                position += Encoding.ASCII.GetChars(label, text[position..]);
                continue;
            }

            foreach (byte octet in label)
            {
                position += WriteOctet(octet, text[position..]);
            }
        }
    }

    private static int ExtraCharacters(byte octet) => s_plain.Contains(octet) ? 0 : octet is > (byte)' ' and <= (byte)'~' ? 1 : 3;

    private static int WriteOctet(byte octet, Span<char> text)
    {
        switch (ExtraCharacters(octet))
        {
            case 0:
                text[0] = (char)octet;
                return 1;
            case 1:
                text[0] = '\\';
                text[1] = (char)octet;
                return 2;
            default:
                text[0] = '\\';
                text[1] = (char)('0' + (octet / 100));
                text[2] = (char)('0' + (octet / 10 % 10));
                text[3] = (char)('0' + (octet % 10));
                return 4;
        }
    }
}

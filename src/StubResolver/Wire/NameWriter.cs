namespace StubResolver.Wire;

/// <summary>Writes the text form of a name (RFC 1035 §5.1) as wire octets.</summary>
internal static class NameWriter
{
    /// <summary>
    /// Writes ASCII text with "\." and "\DDD" escapes and an optional trailing dot; "." is the root. Returns <see langword="false"/> for an
    /// empty or too long label, a name over 255 octets, a character outside ASCII, a bad escape, and a destination that is too small.
    /// </summary>
    public static bool TryWrite(ReadOnlySpan<char> name, Span<byte> destination, out int written)
    {
        written = 0;
        Span<byte> room = destination[..Math.Min(destination.Length, EncodedName.MaxLength)];
        int labelStart = 0;
        int position = 1;
        int i = name is "." ? 1 : 0;
        if (name.IsEmpty)
        {
            return false;
        }

        while (i < name.Length)
        {
            char c = name[i++];
            if (c == '.')
            {
                if (!TryEndLabel(room, labelStart, position))
                {
                    return false;
                }

                labelStart = position++;
                continue;
            }

            if (c == '\\' ? !TryReadEscape(name, ref i, out byte octet) : !TryReadPlain(c, out octet))
            {
                return false;
            }

            if (position >= room.Length)
            {
                return false;
            }

            room[position++] = octet;
        }

        if (position > labelStart + 1)
        {
            if (!TryEndLabel(room, labelStart, position))
            {
                return false;
            }

            labelStart = position;
        }

        if (labelStart >= room.Length)
        {
            return false;
        }

        room[labelStart] = 0;
        written = labelStart + 1;
        return true;
    }

    private static bool TryEndLabel(Span<byte> room, int labelStart, int position)
    {
        int length = position - labelStart - 1;
        if (length is 0 or > EncodedName.MaxLabelLength)
        {
            return false;
        }

        room[labelStart] = (byte)length;
        return true;
    }

    private static bool TryReadPlain(char c, out byte octet)
    {
        octet = (byte)c;
        return char.IsAscii(c);
    }

    /// <summary>Reads what follows a backslash: three decimal digits up to 255, or one character that stands for itself.</summary>
    private static bool TryReadEscape(ReadOnlySpan<char> name, ref int i, out byte octet)
    {
        octet = 0;
        if (i >= name.Length)
        {
            return false;
        }

        char first = name[i++];
        if (!char.IsAsciiDigit(first))
        {
            return TryReadPlain(first, out octet);
        }

        if (i + 2 > name.Length || !char.IsAsciiDigit(name[i]) || !char.IsAsciiDigit(name[i + 1]))
        {
            return false;
        }

        int value = ((first - '0') * 100) + ((name[i] - '0') * 10) + (name[i + 1] - '0');
        i += 2;
        octet = (byte)value;
        return value <= byte.MaxValue;
    }
}

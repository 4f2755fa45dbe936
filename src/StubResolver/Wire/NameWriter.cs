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
        int position = 0;
        if (name is not "." && !TryWriteLabels(name, room, ref position))
        {
            return false;
        }

        if (position >= room.Length)
        {
            return false;
        }

        room[position] = 0;
        written = position + 1;
        return true;
    }

    private static bool TryWriteLabels(ReadOnlySpan<char> name, Span<byte> room, ref int position)
    {
        int next = 0;
        do
        {
            if (!TryWriteLabel(name, ref next, room, ref position))
            {
                return false;
            }
        }
        while (next < name.Length);

        return true;
    }

    /// <summary>Writes one label, and steps over the dot that ends it.</summary>
    private static bool TryWriteLabel(ReadOnlySpan<char> name, ref int next, Span<byte> room, ref int position)
    {
        int start = position++;
        while (next < name.Length && name[next] != '.')
        {
            char c = name[next++];
            if (c == '\\' ? !TryReadEscape(name, ref next, out byte octet) : !TryReadPlain(c, out octet))
            {
                return false;
            }

            if (position >= room.Length)
            {
                return false;
            }

            room[position++] = octet;
        }

        next++;
        int length = position - start - 1;
        if (length is 0 or > EncodedName.MaxLabelLength)
        {
            return false;
        }

        room[start] = (byte)length;
        return true;
    }

    private static bool TryReadPlain(char c, out byte octet)
    {
        octet = (byte)c;
        return char.IsAscii(c);
    }

    /// <summary>Reads what follows a backslash: three decimal digits up to 255, or one character that stands for itself.</summary>
    private static bool TryReadEscape(ReadOnlySpan<char> name, ref int next, out byte octet)
    {
        octet = 0;
        if (next >= name.Length)
        {
            return false;
        }

        char first = name[next++];
        if (!char.IsAsciiDigit(first))
        {
            return TryReadPlain(first, out octet);
        }

        if (next + 2 > name.Length || !char.IsAsciiDigit(name[next]) || !char.IsAsciiDigit(name[next + 1]))
        {
            return false;
        }

        int value = ((first - '0') * 100) + ((name[next] - '0') * 10) + (name[next + 1] - '0');
        next += 2;
        octet = (byte)value;
        return value <= byte.MaxValue;
    }
}

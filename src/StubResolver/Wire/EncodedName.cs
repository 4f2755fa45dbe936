namespace StubResolver.Wire;

/// <summary>A domain name inside a message (RFC 1035 §3.1, §4.1.4): checked once by <see cref="TryRead"/>, then trusted.</summary>
internal readonly ref struct EncodedName
{
    /// <summary>The longest name in wire form, the root octet included (RFC 1035 §2.3.4).</summary>
    public const int MaxLength = 255;

    /// <summary>The longest label in octets (RFC 1035 §2.3.4).</summary>
    public const int MaxLabelLength = 63;

    // No name has more labels in 255 octets, and none needs more than one pointer before each of them.
    private const int MaxPointers = 127;

    private readonly ReadOnlySpan<byte> _message;

    private EncodedName(ReadOnlySpan<byte> message, int start, int length)
    {
        _message = message;
        Start = start;
        Length = length;
    }

    /// <summary>Where the first label is, behind the pointers in front of it: names that share it are the same name.</summary>
    public readonly int Start;

    /// <summary>The length in octets without compression, the root octet included: 1 to 255; 0 for the default value.</summary>
    public readonly int Length;

    /// <summary>Gets whether this is the root, the name without labels.</summary>
    public bool IsRoot => Length == 1;

    /// <summary>Reads the name at an offset; <paramref name="consumed"/> is what it takes there, a compression pointer counting two octets.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, int offset, out EncodedName name, out int consumed)
    {
        name = default;
        consumed = 0;
        int position = offset;
        int segment = offset;
        int start = offset;
        int length = 1;
        int pointers = 0;
        while ((uint)position < (uint)message.Length)
        {
            int octet = message[position];
            if (octet == 0)
            {
                consumed = pointers == 0 ? position + 1 - offset : consumed;
                name = new EncodedName(message, start, length);
                return true;
            }

            if (octet <= MaxLabelLength)
            {
                length += 1 + octet;
                position += 1 + octet;
                if (length > MaxLength)
                {
                    break;
                }
            }
            else if (!TryFollow(message, position, segment, out int target) || ++pointers > MaxPointers)
            {
                break;
            }
            else
            {
                consumed = pointers == 1 ? position + 2 - offset : consumed;
                start = length == 1 ? target : start;
                segment = position = target;
            }
        }

        consumed = 0;
        return false;
    }

    /// <summary>Compares with another name, ignoring ASCII case and nothing else (RFC 4343).</summary>
    public bool EqualsIgnoreCase(in EncodedName other)
    {
        if (Length != other.Length)
        {
            return false;
        }

        LabelEnumerator theirs = other.GetEnumerator();
        foreach (ReadOnlySpan<byte> label in this)
        {
            if (!theirs.MoveNext() || !LabelsEqual(label, theirs.Current))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Compares with a whole name in wire form without compression, ignoring ASCII case and nothing else (RFC 4343).</summary>
    public bool EqualsIgnoreCase(ReadOnlySpan<byte> uncompressedWireName) =>
        Length == uncompressedWireName.Length
        && TryRead(uncompressedWireName, 0, out EncodedName other, out int consumed)
        && consumed == Length
        && EqualsIgnoreCase(other);

    /// <summary>Compares with a whole name in wire form without compression, octet by octet.</summary>
    public bool EqualsExactly(ReadOnlySpan<byte> uncompressedWireName)
    {
        if (Length != uncompressedWireName.Length)
        {
            return false;
        }

        foreach (ReadOnlySpan<byte> label in this)
        {
            if (uncompressedWireName[0] != label.Length || !uncompressedWireName[1..].StartsWith(label))
            {
                return false;
            }

            uncompressedWireName = uncompressedWireName[(1 + label.Length)..];
        }

        return uncompressedWireName[0] == 0;
    }

    /// <summary>Copies the name without compression; returns its length, which is 0 for the default value.</summary>
    public int CopyTo(Span<byte> destination)
    {
        if (Length == 0)
        {
            return 0;
        }

        int position = 0;
        foreach (ReadOnlySpan<byte> label in this)
        {
            destination[position] = (byte)label.Length;
            label.CopyTo(destination[(position + 1)..]);
            position += 1 + label.Length;
        }

        destination[position] = 0;
        return Length;
    }

    /// <summary>Enumerates the labels from the left, without the root.</summary>
    public LabelEnumerator GetEnumerator() => new(_message, Start);

    /// <summary>Returns the text form without a trailing dot; special octets are escaped (RFC 1035 §5.1), the root is ".".</summary>
    public override string ToString() =>
        IsRoot ? "." : string.Create(this.GetTextLength(), this, static (text, name) => name.WriteText(text));

    /// <summary>Reads the pointer at a position. It must lead before the labels that it ends, so that no loop is possible.</summary>
    private static bool TryFollow(ReadOnlySpan<byte> message, int position, int segment, out int target)
    {
        target = 0;
        if (message[position] < 0xC0 || position + 1 >= message.Length)
        {
            return false;
        }

        target = ((message[position] & 0x3F) << 8) | message[position + 1];
        return target < segment;
    }

    private static bool LabelsEqual(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && Fold(left[i]) != Fold(right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static int Fold(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? octet | 0x20 : octet;
}

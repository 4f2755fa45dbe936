using System.Buffers.Binary;

namespace StubResolver.Wire;

/// <summary>A resource record inside a message (RFC 1035 §3.2.1): its owner, its fixed fields, and where its RDATA lies.</summary>
internal readonly ref struct EncodedRecord
{
    private const int FixedFieldsSize = 10;

    private EncodedRecord(EncodedName owner, ReadOnlySpan<byte> fields, int dataOffset, int dataLength)
    {
        Owner = owner;
        Type = (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(fields);
        Class = BinaryPrimitives.ReadUInt16BigEndian(fields[2..]);
        Ttl = BinaryPrimitives.ReadUInt32BigEndian(fields[4..]);
        DataOffset = dataOffset;
        DataLength = dataLength;
    }

    /// <summary>The owner name.</summary>
    public readonly EncodedName Owner;

    /// <summary>The type.</summary>
    public readonly DnsRecordType Type;

    /// <summary>The class; of an OPT record the payload size (RFC 6891 §6.1.2).</summary>
    public readonly ushort Class;

    /// <summary>The time to live in seconds, unsigned; of an OPT record flags (RFC 6891 §6.1.3).</summary>
    public readonly uint Ttl;

    /// <summary>Where the RDATA begins.</summary>
    public readonly int DataOffset;

    /// <summary>The length of the RDATA.</summary>
    public readonly int DataLength;

    /// <summary>Gets where the next record begins.</summary>
    public int End => DataOffset + DataLength;

    /// <summary>Reads the record at an offset; its RDATA lies inside the message, and is not looked at.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, int offset, out EncodedRecord record)
    {
        record = default;
        if (!EncodedName.TryRead(message, offset, out EncodedName owner, out int consumed)
            || message.Length - offset - consumed < FixedFieldsSize)
        {
            return false;
        }

        ReadOnlySpan<byte> fields = message.Slice(offset + consumed, FixedFieldsSize);
        int dataOffset = offset + consumed + FixedFieldsSize;
        int dataLength = BinaryPrimitives.ReadUInt16BigEndian(fields[8..]);
        if (message.Length - dataOffset < dataLength)
        {
            return false;
        }

        record = new EncodedRecord(owner, fields, dataOffset, dataLength);
        return true;
    }

    /// <summary>Tells whether the message ends inside the record at an offset, as against a record that is all there and wrong.</summary>
    public static bool IsCutShort(ReadOnlySpan<byte> message, int offset)
    {
        int position = offset;
        while (position < message.Length && message[position] is > 0 and <= EncodedName.MaxLabelLength)
        {
            position += 1 + message[position];
        }

        if (position >= message.Length)
        {
            return position - offset < EncodedName.MaxLength;
        }

        if (message[position] is > EncodedName.MaxLabelLength and < 0xC0)
        {
            return false; // a reserved label type
        }

        position += message[position] == 0 ? 1 : 2; // the root or a pointer ends the owner
        int dataOffset = position + FixedFieldsSize;
        return dataOffset > message.Length
            || dataOffset + BinaryPrimitives.ReadUInt16BigEndian(message[(dataOffset - 2)..]) > message.Length;
    }
}

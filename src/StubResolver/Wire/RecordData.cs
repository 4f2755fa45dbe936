namespace StubResolver.Wire;

/// <summary>
/// The parts of a record's RDATA: its names and what is not a name. The one place that knows the layout of each type, for records that
/// become objects and for those that are only checked.
/// </summary>
internal readonly ref struct RecordData
{
    private const int SoaNumbersSize = 20;

    private RecordData(ReadOnlySpan<byte> octets, EncodedName name = default, EncodedName secondName = default, ReadOnlySpan<byte> tail = default)
    {
        Octets = octets;
        Name = name;
        SecondName = secondName;
        Tail = tail;
    }

    /// <summary>The octets before the names, or behind the names of SOA; all of them in a type without names.</summary>
    public readonly ReadOnlySpan<byte> Octets;

    /// <summary>The octets behind the names, of types without a class of their own.</summary>
    public readonly ReadOnlySpan<byte> Tail;

    /// <summary>The first name, of types that have one.</summary>
    public readonly EncodedName Name;

    /// <summary>The second name, of types that have one.</summary>
    public readonly EncodedName SecondName;

    /// <summary>Reads the RDATA of a record; <see langword="false"/> where it is not exactly what its type says.</summary>
    /// <remarks>Compressed names are taken in types newer than RFC 1035 too: some servers send them (RFC 3597 §4).</remarks>
    public static bool TryRead(ReadOnlySpan<byte> message, scoped in EncodedRecord record, out RecordData data)
    {
        ReadOnlySpan<byte> octets = message.Slice(record.DataOffset, record.DataLength);
        switch (record.Type)
        {
            case DnsRecordType.A when record.Class == DnsClass.Internet:
                data = new RecordData(octets);
                return octets.Length == 4;
            case DnsRecordType.Aaaa when record.Class == DnsClass.Internet:
                data = new RecordData(octets);
                return octets.Length == 16;
            case DnsRecordType.Srv when record.Class == DnsClass.Internet:
                return TryReadName(message, record, prefix: 6, out data);
            case DnsRecordType.Mx:
                return TryReadName(message, record, prefix: 2, out data);
            case DnsRecordType.CName or DnsRecordType.Ns or DnsRecordType.Ptr or DnsRecordType.DName:
                return TryReadName(message, record, prefix: 0, out data);
            case DnsRecordType.Soa:
                return TryReadSoa(message, record, out data);
            case DnsRecordType.Txt:
                data = new RecordData(octets);
                return AreCharacterStrings(octets); // none at all is one empty string (RFC 6763 §6.1)
            default:
                return TryReadOther(message, record, out data);
        }
    }

    /// <summary>Reads the RDATA of a type without a class of its own; the types before RFC 3597 may hold compressed names (§4).</summary>
    private static bool TryReadOther(ReadOnlySpan<byte> message, scoped in EncodedRecord record, out RecordData data)
    {
        data = new RecordData(message.Slice(record.DataOffset, record.DataLength));
        DataLayout layout = DataLayout.Of(record.Type);
        if (layout.NameCount == 0)
        {
            return true;
        }

        ReadOnlySpan<byte> upToEnd = message[..record.End];
        if (!layout.TryGetPrefix(upToEnd[record.DataOffset..], out int prefix)
            || !EncodedName.TryRead(upToEnd, record.DataOffset + prefix, out EncodedName name, out int consumed))
        {
            return false;
        }

        int position = record.DataOffset + prefix + consumed;
        EncodedName secondName = default;
        if (layout.NameCount == 2)
        {
            if (!EncodedName.TryRead(upToEnd, position, out secondName, out consumed))
            {
                return false;
            }

            position += consumed;
        }

        data = new RecordData(message.Slice(record.DataOffset, prefix), name, secondName, upToEnd[position..]);
        return layout.HasTail || position == record.End;
    }

    private static bool TryReadName(ReadOnlySpan<byte> message, scoped in EncodedRecord record, int prefix, out RecordData data)
    {
        data = default;
        if (record.DataLength <= prefix
            || !EncodedName.TryRead(message, record.DataOffset + prefix, out EncodedName name, out int consumed)
            || prefix + consumed != record.DataLength)
        {
            return false;
        }

        data = new RecordData(message.Slice(record.DataOffset, prefix), name);
        return true;
    }

    private static bool TryReadSoa(ReadOnlySpan<byte> message, scoped in EncodedRecord record, out RecordData data)
    {
        data = default;
        if (!EncodedName.TryRead(message, record.DataOffset, out EncodedName primary, out int first)
            || !EncodedName.TryRead(message, record.DataOffset + first, out EncodedName mailbox, out int second)
            || first + second + SoaNumbersSize != record.DataLength)
        {
            return false;
        }

        data = new RecordData(message.Slice(record.End - SoaNumbersSize, SoaNumbersSize), primary, mailbox);
        return true;
    }

    private static bool AreCharacterStrings(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            if (octets[0] >= octets.Length)
            {
                return false;
            }

            octets = octets[(1 + octets[0])..];
        }

        return true;
    }
}

using System.Buffers.Binary;

namespace StubResolver.Wire;

/// <summary>The twelve octets every message starts with (RFC 1035 §4.1.1). The counts are claims, not facts.</summary>
internal readonly record struct MessageHeader(
    ushort Id, ushort Flags, ushort QuestionCount, ushort AnswerCount, ushort AuthorityCount, ushort AdditionalCount)
{
    /// <summary>The length in octets.</summary>
    public const int Size = 12;

    public readonly ushort Id = Id;
    public readonly ushort Flags = Flags;
    public readonly ushort QuestionCount = QuestionCount;
    public readonly ushort AnswerCount = AnswerCount;
    public readonly ushort AuthorityCount = AuthorityCount;
    public readonly ushort AdditionalCount = AdditionalCount;

    /// <summary>Gets whether this is a response (QR).</summary>
    public bool IsResponse => (Flags & 0x8000) != 0;

    /// <summary>Gets the kind of query, 0 to 15; 0 is QUERY.</summary>
    public int Opcode => (Flags >> 11) & 0xF;

    /// <summary>Gets whether the server is an authority for the name (AA).</summary>
    public bool IsAuthoritative => (Flags & 0x0400) != 0;

    /// <summary>Gets whether the message was cut short (TC).</summary>
    public bool IsTruncated => (Flags & 0x0200) != 0;

    /// <summary>Gets whether the client asked for recursion (RD).</summary>
    public bool IsRecursionDesired => (Flags & 0x0100) != 0;

    /// <summary>Gets whether the server offers recursion (RA).</summary>
    public bool IsRecursionAvailable => (Flags & 0x0080) != 0;

    /// <summary>Gets whether the server says that it validated the data (AD, RFC 4035 §3.2.3).</summary>
    public bool IsAuthenticated => (Flags & 0x0020) != 0;

    /// <summary>Gets whether the client wanted data that is not validated (CD, RFC 4035 §3.2.2).</summary>
    public bool IsCheckingDisabled => (Flags & 0x0010) != 0;

    /// <summary>Gets the low four bits of the response code; OPT may carry eight more.</summary>
    public DnsResponseCode ResponseCode => (DnsResponseCode)(Flags & 0xF);

    /// <summary>Reads the header of a message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out MessageHeader header)
    {
        header = default;
        if (message.Length < Size)
        {
            return false;
        }

        header = new MessageHeader(
            BinaryPrimitives.ReadUInt16BigEndian(message),
            BinaryPrimitives.ReadUInt16BigEndian(message[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[6..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[8..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[10..]));
        return true;
    }
}

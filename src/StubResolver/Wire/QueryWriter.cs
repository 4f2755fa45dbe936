using System.Buffers.Binary;
using System.Diagnostics;

namespace StubResolver.Wire;

/// <summary>Writes queries (RFC 1035 §4.1, RFC 6891 §6.1). Allocates nothing.</summary>
internal static class QueryWriter
{
    /// <summary>Octets enough for any query: the longest name, OPT, the longest cookie, keepalive.</summary>
    public const int MaxLength =
        MessageHeader.Size + EncodedName.MaxLength + QuestionTail + OptSize + EdnsOption.HeaderSize + MaxCookieLength + EdnsOption.HeaderSize;

    private const int QuestionTail = 4;
    private const int OptSize = 11;
    private const int MaxCookieLength = 40;
    private const ushort RecursionDesired = 0x0100;
    private const ushort AuthenticatedData = 0x0020;

    /// <summary>Writes a query; <see langword="false"/> where the destination is too small for it.</summary>
    public static bool TryWrite(in Query query, Span<byte> destination, out int written)
    {
        Debug.Assert(EncodedName.TryRead(query.Name, 0, out _, out int length) && length == query.Name.Length, "The name is in wire form.");
        Debug.Assert(query.Cookie.Length is 0 or 8 or (>= 16 and <= MaxCookieLength), "RFC 7873 §4 knows no other length.");
        Debug.Assert(query.UdpPayloadSize is >= 0 and <= ushort.MaxValue, "The size is sent in 16 bits.");

        bool hasOpt = query.UdpPayloadSize != 0;
        int optionsLength = hasOpt ? OptionsLength(query) : 0;
        int total = MessageHeader.Size + query.Name.Length + QuestionTail + (hasOpt ? OptSize + optionsLength : 0);
        written = 0;
        if (destination.Length < total)
        {
            return false;
        }

        WriteHeader(query, destination, hasOpt);
        Span<byte> question = destination[MessageHeader.Size..];
        query.Name.CopyTo(question);
        BinaryPrimitives.WriteUInt16BigEndian(question[query.Name.Length..], (ushort)query.Type);
        BinaryPrimitives.WriteUInt16BigEndian(question[(query.Name.Length + 2)..], DnsClass.Internet);
        if (hasOpt)
        {
            WriteOpt(query, question[(query.Name.Length + QuestionTail)..], optionsLength);
        }

        written = total;
        return true;
    }

    private static int OptionsLength(in Query query) =>
        (query.Cookie.IsEmpty ? 0 : EdnsOption.HeaderSize + query.Cookie.Length) + (query.AsksForKeepalive ? EdnsOption.HeaderSize : 0);

    private static void WriteHeader(in Query query, Span<byte> destination, bool hasOpt)
    {
        int flags = RecursionDesired | (query.IsAuthenticatedDataWanted ? AuthenticatedData : 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination, query.Id);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)flags);
        BinaryPrimitives.WriteUInt16BigEndian(destination[4..], 1);
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination[8..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(destination[10..], hasOpt ? (ushort)1 : (ushort)0);
    }

    private static void WriteOpt(in Query query, Span<byte> opt, int optionsLength)
    {
        opt[0] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(opt[1..], (ushort)DnsRecordType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(opt[3..], (ushort)query.UdpPayloadSize);
        BinaryPrimitives.WriteUInt32BigEndian(opt[5..], 0); // no extended code, version 0, DO clear
        BinaryPrimitives.WriteUInt16BigEndian(opt[9..], (ushort)optionsLength);
        Span<byte> options = opt[OptSize..];
        if (!query.Cookie.IsEmpty)
        {
            WriteOptionHeader(options, EdnsOption.Cookie, query.Cookie.Length);
            query.Cookie.CopyTo(options[EdnsOption.HeaderSize..]);
            options = options[(EdnsOption.HeaderSize + query.Cookie.Length)..];
        }

        if (query.AsksForKeepalive)
        {
            WriteOptionHeader(options, EdnsOption.TcpKeepalive, length: 0);
        }
    }

    private static void WriteOptionHeader(Span<byte> option, ushort code, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(option, code);
        BinaryPrimitives.WriteUInt16BigEndian(option[2..], (ushort)length);
    }
}

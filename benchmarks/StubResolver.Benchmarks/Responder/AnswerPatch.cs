using System.Buffers.Binary;

namespace StubResolver.Benchmarks.Responder;

/// <summary>Turns a query into its answer where it lies: one A or AAAA record for any name. Shares no code with the library and allocates nothing.</summary>
internal static class AnswerPatch
{
    /// <summary>Octets an answer may be longer than its query.</summary>
    public const int MaxGrowth = 28;

    private const int HeaderSize = 12;
    private const ushort TypeA = 1;
    private const ushort TypeAaaa = 28;

    private static ReadOnlySpan<byte> Opt => [0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0];

    private static ReadOnlySpan<byte> A => [0xC0, HeaderSize, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 192, 0, 2, 1];

    private static ReadOnlySpan<byte> Aaaa => [0xC0, HeaderSize, 0, 28, 0, 1, 0, 0, 1, 44, 0, 16, 0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    /// <summary>Writes the answer over the query, of one question, at the front of a buffer.</summary>
    /// <returns>The length of the answer; 0 where the message is no query.</returns>
    public static int Apply(Span<byte> buffer, int length)
    {
        int position = HeaderSize;
        while (position < length && buffer[position] != 0)
        {
            position += buffer[position] + 1;
        }

        position += 5;
        if (position > length)
        {
            return 0;
        }

        bool hasOpt = BinaryPrimitives.ReadUInt16BigEndian(buffer[10..]) != 0;
        ReadOnlySpan<byte> record = BinaryPrimitives.ReadUInt16BigEndian(buffer[(position - 4)..]) switch
        {
            TypeA => A,
            TypeAaaa => Aaaa,
            _ => [],
        };
        record.CopyTo(buffer[position..]);
        position += record.Length;
        if (hasOpt)
        {
            Opt.CopyTo(buffer[position..]);
            position += Opt.Length;
        }

        buffer[2] = 0x81; // QR, RD
        buffer[3] = 0x80; // RA, NOERROR
        BinaryPrimitives.WriteUInt16BigEndian(buffer[6..], record.IsEmpty ? (ushort)0 : (ushort)1);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[8..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(buffer[10..], hasOpt ? (ushort)1 : (ushort)0);
        return position;
    }
}

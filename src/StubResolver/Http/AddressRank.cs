using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>What RFC 6724 ranks a destination by as far as the address itself tells: its label and its scope.</summary>
/// <remarks>
/// The connector sees a sorted answer, not why it is sorted so. Neighbours of one label and scope differ for RFC 6724 only by the source address
/// the host would use, which within a label and scope is nearly always one and the same; so they count as equal and take turns. In the default
/// table (§2.1) one label means one precedence. Rule 9, the longest common prefix, is left out on purpose: it defeats taking turns.
/// </remarks>
/// <param name="Label">The label of the default policy table (RFC 6724 §2.1).</param>
/// <param name="Scope">The scope (RFC 6724 §3.1, §3.2).</param>
internal readonly record struct AddressRank(byte Label, byte Scope)
{
    private const byte LinkLocal = 2;
    private const byte SiteLocal = 5;
    private const byte Global = 14;

    public static AddressRank Of(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);
        return address.AddressFamily == AddressFamily.InterNetwork ? OfIPv4(octets) : OfIPv6(octets);
    }

    private static AddressRank OfIPv4(ReadOnlySpan<byte> octets) =>
        new(4, octets[0] == 127 || (octets[0] == 169 && octets[1] == 254) ? LinkLocal : Global);

    private static AddressRank OfIPv6(ReadOnlySpan<byte> octets)
    {
        ushort first = BinaryPrimitives.ReadUInt16BigEndian(octets);
        ushort second = BinaryPrimitives.ReadUInt16BigEndian(octets[2..]);
        return first switch
        {
            0 when octets[..15].IndexOfAnyExcept((byte)0) < 0 && octets[15] == 1 => new AddressRank(0, LinkLocal),
            0 when octets[..12].IndexOfAnyExcept((byte)0) < 0 => new AddressRank(3, Global),
            0x2002 => new AddressRank(2, Global),
            0x2001 when second == 0 => new AddressRank(5, Global),
            0x3FFE => new AddressRank(12, Global),
            >= 0xFC00 and <= 0xFDFF => new AddressRank(13, Global),
            >= 0xFE80 and <= 0xFEBF => new AddressRank(1, LinkLocal),
            >= 0xFEC0 and <= 0xFEFF => new AddressRank(11, SiteLocal),
            >= 0xFF00 => new AddressRank(1, (byte)(octets[1] & 0x0F)),
            _ => new AddressRank(1, Global),
        };
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace StubResolver;

/// <summary>A range of addresses of one family, like 10.0.0.0/8, as bits.</summary>
/// <remarks>
/// Not <see cref="IPNetwork"/>: in .NET 10 its Contains compares an IPv4-mapped address with an IPv6 network by 32 bits, and so finds
/// ::ffff:10.0.0.1 in 2000::/3, which is public.
/// </remarks>
internal readonly struct AddressPrefix
{
    private readonly UInt128 _bits;
    private readonly UInt128 _mask;

    private AddressPrefix(UInt128 bits, int ignoredBits)
    {
        _bits = bits;
        _mask = ignoredBits == 128 ? UInt128.Zero : UInt128.MaxValue << ignoredBits; // shifts count modulo 128
    }

    public static AddressPrefix Parse(string text)
    {
        int slash = text.IndexOf('/');
        byte[] octets = IPAddress.Parse(text.AsSpan(0, slash)).GetAddressBytes();
        return new AddressPrefix(ToBits(octets), (octets.Length * 8) - int.Parse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }

    /// <summary>Returns the bits of an address, of 4 octets or of 16.</summary>
    public static UInt128 ToBits(ReadOnlySpan<byte> octets) =>
        octets.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(octets) : BinaryPrimitives.ReadUInt128BigEndian(octets);

    /// <summary>Returns whether an address of the same family is in the range.</summary>
    public bool Contains(UInt128 address) => ((address ^ _bits) & _mask) == UInt128.Zero;
}

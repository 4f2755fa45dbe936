using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>The names of addresses: 1.2.0.192.in-addr.arpa (RFC 1035 §3.5) and nibbles under ip6.arpa (RFC 3596 §2.5).</summary>
internal static class ReverseName
{
    private const string IPv4Suffix = ".in-addr.arpa";
    private const string IPv6Suffix = ".ip6.arpa";
    private const int IPv6Nibbles = 32;

    /// <summary>The length of the longest of them.</summary>
    public const int MaxLength = (IPv6Nibbles * 2) + 8; // ".ip6.arpa" without its dot

    /// <summary>Returns the name of an address, without its scope; an IPv4-mapped one is the IPv4 address.</summary>
    public static string From(IPAddress address)
    {
        Span<char> name = stackalloc char[MaxLength];
        return name[..Write(address, name)].ToString();
    }

    /// <summary>Writes the name of an address; returns its length.</summary>
    /// <param name="address">The address.</param>
    /// <param name="name">Room for <see cref="MaxLength"/> characters.</param>
    public static int Write(IPAddress address, Span<char> name)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out int length);
        if (length == 4 || address.IsIPv4MappedToIPv6)
        {
            octets = octets[(length - 4)..];
            name.TryWrite(CultureInfo.InvariantCulture, $"{octets[3]}.{octets[2]}.{octets[1]}.{octets[0]}{IPv4Suffix}", out int written);
            return written;
        }

        for (int i = 0; i < IPv6Nibbles; i++)
        {
            byte octet = octets[15 - (i / 2)];
            name[i * 2] = "0123456789abcdef"[i % 2 == 0 ? octet & 0xF : octet >> 4];
            name[(i * 2) + 1] = '.'; // the last one is the suffix's
        }

        IPv6Suffix.CopyTo(name[((IPv6Nibbles * 2) - 1)..]);
        return MaxLength;
    }

    /// <summary>Reads the name of one whole address, ignoring case and a trailing dot.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, [NotNullWhen(true)] out IPAddress? address)
    {
        name = name.EndsWith('.') ? name[..^1] : name;
        address = name switch
        {
            _ when name.EndsWith(IPv4Suffix, StringComparison.OrdinalIgnoreCase) => ParseIPv4(name[..^IPv4Suffix.Length]),
            _ when name.EndsWith(IPv6Suffix, StringComparison.OrdinalIgnoreCase) => ParseIPv6(name[..^IPv6Suffix.Length]),
            _ => null,
        };
        return address is not null;
    }

    private static IPAddress? ParseIPv4(ReadOnlySpan<char> reversed)
    {
        if (!DnsServerText.TryParseAddress(reversed, out IPAddress? address) || address.AddressFamily != AddressFamily.InterNetwork)
        {
            return null;
        }

        byte[] octets = address.GetAddressBytes();
        Array.Reverse(octets);
        return new IPAddress(octets);
    }

    private static IPAddress? ParseIPv6(ReadOnlySpan<char> nibbles)
    {
        if (nibbles.Length != (IPv6Nibbles * 2) - 1)
        {
            return null;
        }

        Span<byte> octets = stackalloc byte[16];
        octets.Clear();
        for (int i = 0; i < IPv6Nibbles; i++)
        {
            char nibble = nibbles[i * 2];
            bool isSeparated = i == IPv6Nibbles - 1 || nibbles[(i * 2) + 1] == '.';
            if (!isSeparated || !char.IsAsciiHexDigit(nibble))
            {
                return null;
            }

            octets[15 - (i / 2)] |= (byte)(HexValue(nibble) << (i % 2 * 4));
        }

        return new IPAddress(octets);
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}

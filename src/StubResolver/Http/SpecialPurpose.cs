using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>Tells what an address is for that does not lead to a host of the public Internet (IANA special-purpose registries, RFC 6890).</summary>
internal static class SpecialPurpose
{
    private static readonly (AddressPrefix Prefix, string Purpose)[] s_ipv4 =
    [
        (AddressPrefix.Parse("0.0.0.0/32"), "unspecified, RFC 1122"),
        (AddressPrefix.Parse("0.0.0.0/8"), "this network, RFC 791"),
        (AddressPrefix.Parse("10.0.0.0/8"), "private, RFC 1918"),
        (AddressPrefix.Parse("100.64.0.0/10"), "shared by carriers, RFC 6598"),
        (AddressPrefix.Parse("127.0.0.0/8"), "loopback, RFC 1122"),
        (AddressPrefix.Parse("169.254.0.0/16"), "link-local, RFC 3927"),
        (AddressPrefix.Parse("172.16.0.0/12"), "private, RFC 1918"),
        (AddressPrefix.Parse("192.0.0.0/24"), "protocol assignments, RFC 6890"),
        (AddressPrefix.Parse("192.0.2.0/24"), "documentation, RFC 5737"),
        (AddressPrefix.Parse("192.88.99.0/24"), "6to4 relays, RFC 7526"),
        (AddressPrefix.Parse("192.168.0.0/16"), "private, RFC 1918"),
        (AddressPrefix.Parse("198.18.0.0/15"), "benchmarking, RFC 2544"),
        (AddressPrefix.Parse("198.51.100.0/24"), "documentation, RFC 5737"),
        (AddressPrefix.Parse("203.0.113.0/24"), "documentation, RFC 5737"),
        (AddressPrefix.Parse("224.0.0.0/4"), "multicast, RFC 5771"),
        (AddressPrefix.Parse("255.255.255.255/32"), "broadcast, RFC 919"),
        (AddressPrefix.Parse("240.0.0.0/4"), "reserved, RFC 1112"),
    ];

    private static readonly (AddressPrefix Prefix, string Purpose)[] s_ipv6 =
    [
        (AddressPrefix.Parse("::/128"), "unspecified, RFC 4291"),
        (AddressPrefix.Parse("::1/128"), "loopback, RFC 4291"),
        (AddressPrefix.Parse("::/96"), "IPv4-compatible, RFC 4291"),
        (AddressPrefix.Parse("64:ff9b:1::/48"), "NAT64 of local use, RFC 8215"),
        (AddressPrefix.Parse("100::/63"), "discard and dummy, RFC 6666 and RFC 9780"),
        (AddressPrefix.Parse("2001:2::/48"), "benchmarking, RFC 5180"),
        (AddressPrefix.Parse("2001:db8::/32"), "documentation, RFC 3849"),
        (AddressPrefix.Parse("2001::/23"), "protocol assignments, RFC 2928"),
        (AddressPrefix.Parse("3fff::/20"), "documentation, RFC 9637"),
        (AddressPrefix.Parse("5f00::/16"), "segment routing, RFC 9602"),
        (AddressPrefix.Parse("fc00::/7"), "unique local, RFC 4193"),
        (AddressPrefix.Parse("fe80::/10"), "link-local, RFC 4291"),
        (AddressPrefix.Parse("fec0::/10"), "site-local, RFC 3879"),
        (AddressPrefix.Parse("ff00::/8"), "multicast, RFC 4291"),
    ];

    private static readonly (AddressPrefix Prefix, string Form)[] s_formsOfIPv4 =
    [
        (AddressPrefix.Parse("::ffff:0:0/96"), "IPv4-mapped"),
        (AddressPrefix.Parse("64:ff9b::/96"), "NAT64"),
        (AddressPrefix.Parse("2002::/16"), "6to4"),
        (AddressPrefix.Parse("2001::/32"), "Teredo"),
    ];

    private static readonly AddressPrefix s_globalUnicast = AddressPrefix.Parse("2000::/3");

    /// <summary>Returns what an address is for, in words, or <see langword="null"/> for one of the public Internet.</summary>
    public static string? Find(IPAddress address)
    {
        byte[] octets = address.GetAddressBytes();
        UInt128 bits = AddressPrefix.ToBits(octets);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return Find(s_ipv4, bits);
        }

        string? purpose = Find(s_formsOfIPv4, bits) is { } form
            ? FindEmbedded(form, octets)
            : Find(s_ipv6, bits) ?? (s_globalUnicast.Contains(bits) ? null : "reserved, RFC 4291");
        return purpose ?? (IsIsatap(octets) ? Describe("ISATAP", octets.AsSpan(12, 4)) : null);
    }

    // Below any prefix, by the interface identifier: ::5efe:a.b.c.d, with or without the bit that says unique (RFC 5214 §6.1).
    private static bool IsIsatap(ReadOnlySpan<byte> octets) => octets[8..12] is [0x00 or 0x02, 0x00, 0x5e, 0xfe];

    private static string? Find((AddressPrefix Prefix, string Text)[] table, UInt128 address)
    {
        foreach ((AddressPrefix prefix, string text) in table)
        {
            if (prefix.Contains(address))
            {
                return text;
            }
        }

        return null;
    }

    // Such an address leads where the IPv4 address inside leads; Teredo has two of them, its server's and, inverted, its client's (RFC 4380 §4).
    private static string? FindEmbedded(string form, byte[] octets) => form switch
    {
        "6to4" => Describe(form, octets.AsSpan(2, 4)),
        "Teredo" => Describe(form, octets.AsSpan(4, 4)) ?? Describe(form, Inverted(octets.AsSpan(12, 4))),
        _ => Describe(form, octets.AsSpan(12, 4)),
    };

    private static string? Describe(string form, ReadOnlySpan<byte> octets) =>
        Find(s_ipv4, AddressPrefix.ToBits(octets)) is { } purpose ? $"{form} form of {new IPAddress(octets)}, {purpose}" : null;

    private static byte[] Inverted(ReadOnlySpan<byte> octets)
    {
        byte[] inverted = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(inverted, ~BinaryPrimitives.ReadUInt32BigEndian(octets));
        return inverted;
    }
}

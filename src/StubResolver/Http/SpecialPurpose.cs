using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>Tells what an address is for that does not lead to a host of the public Internet (IANA special-purpose registries, RFC 6890).</summary>
internal static class SpecialPurpose
{
    private static readonly (IPNetwork Network, string Purpose)[] s_ipv4 =
    [
        (IPNetwork.Parse("0.0.0.0/32"), "unspecified, RFC 1122"),
        (IPNetwork.Parse("0.0.0.0/8"), "this network, RFC 791"),
        (IPNetwork.Parse("10.0.0.0/8"), "private, RFC 1918"),
        (IPNetwork.Parse("100.64.0.0/10"), "shared by carriers, RFC 6598"),
        (IPNetwork.Parse("127.0.0.0/8"), "loopback, RFC 1122"),
        (IPNetwork.Parse("169.254.0.0/16"), "link-local, RFC 3927"),
        (IPNetwork.Parse("172.16.0.0/12"), "private, RFC 1918"),
        (IPNetwork.Parse("192.0.0.0/24"), "protocol assignments, RFC 6890"),
        (IPNetwork.Parse("192.0.2.0/24"), "documentation, RFC 5737"),
        (IPNetwork.Parse("192.88.99.0/24"), "6to4 relays, RFC 7526"),
        (IPNetwork.Parse("192.168.0.0/16"), "private, RFC 1918"),
        (IPNetwork.Parse("198.18.0.0/15"), "benchmarking, RFC 2544"),
        (IPNetwork.Parse("198.51.100.0/24"), "documentation, RFC 5737"),
        (IPNetwork.Parse("203.0.113.0/24"), "documentation, RFC 5737"),
        (IPNetwork.Parse("224.0.0.0/4"), "multicast, RFC 5771"),
        (IPNetwork.Parse("255.255.255.255/32"), "broadcast, RFC 919"),
        (IPNetwork.Parse("240.0.0.0/4"), "reserved, RFC 1112"),
    ];

    private static readonly (IPNetwork Network, string Purpose)[] s_ipv6 =
    [
        (IPNetwork.Parse("::/128"), "unspecified, RFC 4291"),
        (IPNetwork.Parse("::1/128"), "loopback, RFC 4291"),
        (IPNetwork.Parse("::/96"), "IPv4-compatible, RFC 4291"),
        (IPNetwork.Parse("64:ff9b:1::/48"), "NAT64 of local use, RFC 8215"),
        (IPNetwork.Parse("100::/63"), "discard and dummy, RFC 6666 and RFC 9780"),
        (IPNetwork.Parse("2001:2::/48"), "benchmarking, RFC 5180"),
        (IPNetwork.Parse("2001:db8::/32"), "documentation, RFC 3849"),
        (IPNetwork.Parse("2001::/23"), "protocol assignments, RFC 2928"),
        (IPNetwork.Parse("3fff::/20"), "documentation, RFC 9637"),
        (IPNetwork.Parse("5f00::/16"), "segment routing, RFC 9602"),
        (IPNetwork.Parse("fc00::/7"), "unique local, RFC 4193"),
        (IPNetwork.Parse("fe80::/10"), "link-local, RFC 4291"),
        (IPNetwork.Parse("fec0::/10"), "site-local, RFC 3879"),
        (IPNetwork.Parse("ff00::/8"), "multicast, RFC 4291"),
    ];

    private static readonly (IPNetwork Network, string Form)[] s_formsOfIPv4 =
    [
        (IPNetwork.Parse("::ffff:0:0/96"), "IPv4-mapped"),
        (IPNetwork.Parse("64:ff9b::/96"), "NAT64"),
        (IPNetwork.Parse("2002::/16"), "6to4"),
        (IPNetwork.Parse("2001::/32"), "Teredo"),
    ];

    private static readonly IPNetwork s_globalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Returns what an address is for, in words, or <see langword="null"/> for one of the public Internet.</summary>
    public static string? Find(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return Find(s_ipv4, address);
        }

        // IPNetwork compares addresses with a zone as they are; the zone of a link-local address does not change what it is.
        IPAddress unscoped = new(address.GetAddressBytes());
        return Find(s_formsOfIPv4, unscoped) is { } form
            ? FindEmbedded(form, unscoped.GetAddressBytes())
            : Find(s_ipv6, unscoped) ?? (s_globalUnicast.Contains(unscoped) ? null : "reserved, RFC 4291");
    }

    private static string? Find((IPNetwork Network, string Text)[] table, IPAddress address)
    {
        foreach ((IPNetwork network, string text) in table)
        {
            if (network.Contains(address))
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

    private static string? Describe(string form, ReadOnlySpan<byte> octets)
    {
        IPAddress embedded = new(octets);
        return Find(s_ipv4, embedded) is { } purpose ? $"{form} form of {embedded}, {purpose}" : null;
    }

    private static byte[] Inverted(ReadOnlySpan<byte> octets)
    {
        byte[] inverted = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(inverted, ~BinaryPrimitives.ReadUInt32BigEndian(octets));
        return inverted;
    }
}

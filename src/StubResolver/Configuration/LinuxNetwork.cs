using System.Net;

namespace StubResolver.Configuration;

/// <summary>Reads this host's addresses from the texts of Linux' /proc/net: a fraction of the cost of enumerating interfaces.</summary>
internal static class LinuxNetwork
{
    public const string IPv6Path = "/proc/net/if_inet6";
    public const string IPv4Path = "/proc/net/fib_trie";

    /// <summary>The longest text that is read, in octets; a router's table may be longer, and then its IPv4 addresses are not watched.</summary>
    public const int MaxLength = 256 * 1024;

    private const int TemporaryFlag = 0x01;
    private const int DuplicateFlag = 0x08;

    /// <summary>Makes one of both texts.</summary>
    /// <param name="ifInet6">The content of <see cref="IPv6Path"/>, or <see langword="null"/> if it cannot be read.</param>
    /// <param name="fibTrie">The content of <see cref="IPv4Path"/>, or <see langword="null"/> if it cannot be read.</param>
    public static LocalNetwork Parse(string? ifInet6, string? fibTrie)
    {
        HashSet<IPAddress> addresses = [];
        bool hasRoutableIPv6 = ifInet6 is null || AddIPv6(ifInet6, addresses);
        AddIPv4(fibTrie, addresses);
        return new LocalNetwork(hasRoutableIPv6, addresses);
    }

    // Text of which no line can be read counts as "has".
    private static bool AddIPv6(ReadOnlySpan<char> text, HashSet<IPAddress> addresses)
    {
        bool hasRoutable = false;
        bool isReadable = text.IsWhiteSpace();
        while (ConfigurationText.NextLine(ref text) is { IsEmpty: false } line)
        {
            if (!TryReadIPv6(line, out IPAddress? address, out byte flags))
            {
                continue;
            }

            isReadable = true;
            if ((flags & DuplicateFlag) == 0 && LocalNetwork.IsRoutable(address))
            {
                hasRoutable = true;
                if ((flags & TemporaryFlag) == 0)
                {
                    addresses.Add(address);
                }
            }
        }

        return hasRoutable || !isReadable;
    }

    // "fd000000000000000000000000000002 04 40 00 82     eth0": address, interface, prefix length, scope, flags, name.
    private static bool TryReadIPv6(ReadOnlySpan<char> line, out IPAddress address, out byte flags)
    {
        Span<byte> octets = stackalloc byte[16];
        ReadOnlySpan<char> hex = ConfigurationText.NextWord(ref line);
        ConfigurationText.NextWord(ref line);
        ConfigurationText.NextWord(ref line);
        ConfigurationText.NextWord(ref line);
        Span<byte> flagOctet = stackalloc byte[1];
        bool isRead = TryReadHex(hex, octets) & TryReadHex(ConfigurationText.NextWord(ref line), flagOctet);
        address = isRead ? new IPAddress(octets) : IPAddress.IPv6None;
        flags = flagOctet[0];
        return isRead;
    }

    private static bool TryReadHex(ReadOnlySpan<char> text, Span<byte> octets)
    {
        if (text.Length != octets.Length * 2)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }

            int digit = char.IsAsciiDigit(text[i]) ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10;
            octets[i / 2] = (byte)((octets[i / 2] << 4) | digit);
        }

        return true;
    }

    // "|-- 192.0.2.2", and below it "/32 host LOCAL" if the address is this host's.
    private static void AddIPv4(ReadOnlySpan<char> text, HashSet<IPAddress> addresses)
    {
        ReadOnlySpan<char> last = [];
        while (ConfigurationText.NextLine(ref text) is { IsEmpty: false } line)
        {
            ReadOnlySpan<char> entry = line.Trim();
            if (entry.StartsWith("|-- "))
            {
                last = entry["|-- ".Length..];
            }
            else if (entry is "/32 host LOCAL" && DnsServerText.TryParseAddress(last, out IPAddress? address) && LocalNetwork.IsRoutable(address))
            {
                addresses.Add(address);
            }
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>Reads the text form of a server, stricter than <see cref="IPEndPoint.TryParse(string, out IPEndPoint?)"/>.</summary>
internal static class DnsServerText
{
    /// <summary>What a text should have looked like, for messages.</summary>
    public const string Expected = "expected an address as in \"10.0.0.10\", \"10.0.0.10:5353\", \"[fd00::10]:53\" or \"tcp://10.0.0.10\"";

    private const string TcpScheme = "tcp://";
    private const string UdpScheme = "udp://";

    public static bool TryParse(string? text, [NotNullWhen(true)] out IPEndPoint? endPoint, out DnsProtocol protocol)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        protocol = DnsProtocol.Udp;
        if (rest.StartsWith(TcpScheme, StringComparison.OrdinalIgnoreCase))
        {
            protocol = DnsProtocol.Tcp;
            rest = rest[TcpScheme.Length..];
        }
        else if (rest.StartsWith(UdpScheme, StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[UdpScheme.Length..];
        }

        endPoint = null;
        if (!TrySplit(rest, out ReadOnlySpan<char> host, out int port) || !TryParseAddress(host, out IPAddress? address))
        {
            return false;
        }

        endPoint = new IPEndPoint(address, port);
        return true;
    }

    /// <summary>Reads an IPv6 address, or an IPv4 address of four plain decimals.</summary>
    public static bool TryParseAddress(ReadOnlySpan<char> text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        bool isIPv6 = text.Contains(':');
        return (isIPv6 ? !text.ContainsAny('[', ']', '/') : IsPlainIPv4(text))
            && IPAddress.TryParse(text, out address)
            && address.AddressFamily == (isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
    }

    private static bool TrySplit(ReadOnlySpan<char> text, out ReadOnlySpan<char> host, out int port)
    {
        host = text;
        port = DnsServer.DefaultPort;
        if (text.StartsWith('['))
        {
            int end = text.IndexOf(']');
            if (end < 0)
            {
                return false;
            }

            host = text[1..end];
            text = text[(end + 1)..];
            return host.Contains(':') && (text.IsEmpty || (text[0] == ':' && TryParsePort(text[1..], out port)));
        }

        int colon = text.IndexOf(':');
        if (colon < 0 || text[(colon + 1)..].Contains(':'))
        {
            return true; // no port: an IPv4 address, or an IPv6 address without brackets
        }

        host = text[..colon];
        return TryParsePort(text[(colon + 1)..], out port);
    }

    private static bool TryParsePort(ReadOnlySpan<char> text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= IPEndPoint.MaxPort;

    private static bool IsPlainIPv4(ReadOnlySpan<char> text)
    {
        int parts = 1;
        int digits = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '.' && digits > 0)
            {
                parts++;
                digits = 0;
            }
            else if (char.IsAsciiDigit(text[i]) && digits < 3 && !(digits == 1 && text[i - 1] == '0'))
            {
                digits++;
            }
            else
            {
                return false;
            }
        }

        return parts == 4 && digits > 0;
    }
}

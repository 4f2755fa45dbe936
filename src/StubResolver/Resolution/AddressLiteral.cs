using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace StubResolver.Resolution;

/// <summary>
/// Recognises a host that is an address. As getaddrinfo and System.Net.Dns do, "1", "127.1", "0x7f.1" and "010.0.0.1" (octal) count as
/// IPv4 addresses, not as names; IPv6 may have brackets and a zone. A bracketed address with a port is neither.
/// </summary>
internal static class AddressLiteral
{
    public static bool TryParse(string host, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (host.Length == 0)
        {
            return false;
        }

        // Names, which are most, fail here; IPAddress.TryParse would accept "[::1]:53" and drop the port.
        bool mayBeAddress = char.IsAsciiDigit(host[0]) || host.Contains(':', StringComparison.Ordinal);
        return mayBeAddress && host[0] == '[' == (host[^1] == ']') && IPAddress.TryParse(host, out address);
    }
}

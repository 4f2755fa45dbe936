using System.Net;

namespace StubResolver.Resolution;

/// <summary>How far an address reaches, as the numbers of multicast scopes (RFC 6724 §3.1–3.2, RFC 4291 §2.7).</summary>
internal static class AddressScope
{
    public const int LinkLocal = 0x2;
    public const int SiteLocal = 0x5;
    public const int Global = 0xE;

    /// <summary>Returns the scope: loopback counts as link-local, private IPv4 addresses as global.</summary>
    public static int Of(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).TryWriteBytes(octets, out int length);
        if (length == 4)
        {
            return octets[0] == 127 || (octets[0] == 169 && octets[1] == 254) ? LinkLocal : Global;
        }

        return address switch
        {
            { IsIPv6Multicast: true } => octets[1] & 0xF,
            { IsIPv6LinkLocal: true } => LinkLocal,
            { IsIPv6SiteLocal: true } => SiteLocal,
            _ => IPAddress.IsLoopback(address) ? LinkLocal : Global,
        };
    }
}

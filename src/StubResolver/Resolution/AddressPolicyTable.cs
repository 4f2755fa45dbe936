using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>The default policy table (RFC 6724 §2.1).</summary>
internal static class AddressPolicyTable
{
    private static readonly AddressPolicy[] s_longestFirst =
    [
        new("::1", 128, 50, 0),
        new("::ffff:0:0", 96, 35, 4),
        new("::", 96, 1, 3),
        new("2001::", 32, 5, 5),
        new("2002::", 16, 30, 2),
        new("3ffe::", 16, 1, 12),
        new("fec0::", 10, 1, 11),
        new("fc00::", 7, 3, 13),
        new("::", 0, 40, 1),
    ];

    /// <summary>Returns the row of an address; IPv4 counts as IPv4-mapped.</summary>
    public static AddressPolicy Find(IPAddress address)
    {
        Span<byte> octets = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0];
        address.TryWriteBytes(address.AddressFamily == AddressFamily.InterNetwork ? octets[^4..] : octets, out _); // MapToIPv6 allocates
        UInt128 value = BinaryPrimitives.ReadUInt128BigEndian(octets);
        foreach (AddressPolicy policy in s_longestFirst)
        {
            if (policy.Contains(value))
            {
                return policy;
            }
        }

        return s_longestFirst[^1]; // ::/0 holds every address
    }
}

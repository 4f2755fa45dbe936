using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace StubResolver.Resolution;

/// <summary>The default policy table (RFC 6724 §2.1).</summary>
internal static class AddressPolicyTable
{
    private static readonly AddressPolicy[] s_longestFirst =
    [
        new(new UInt128(0, 1), 128, 50, 0),                       // ::1
        new(new UInt128(0, 0xFFFF_0000_0000), 96, 35, 4),         // ::ffff:0:0
        new(new UInt128(0, 0), 96, 1, 3),                         // ::
        new(new UInt128(0x2001_0000_0000_0000, 0), 32, 5, 5),     // 2001::
        new(new UInt128(0x2002_0000_0000_0000, 0), 16, 30, 2),    // 2002::
        new(new UInt128(0x3FFE_0000_0000_0000, 0), 16, 1, 12),    // 3ffe::
        new(new UInt128(0xFEC0_0000_0000_0000, 0), 10, 1, 11),    // fec0::
        new(new UInt128(0xFC00_0000_0000_0000, 0), 7, 3, 13),     // fc00::
        new(new UInt128(0, 0), 0, 40, 1),                         // ::
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

using System.Text;

namespace StubResolver.Tests.Testing;

/// <summary>Query octets made by hand, independent of any encoder of the product.</summary>
internal static class RawQuery
{
    /// <summary>A query with id 0x1234 and RD, with an OPT record where <paramref name="udpPayloadSize"/> is given.</summary>
    public static byte[] For(string name, DnsRecordType type, int? udpPayloadSize = null, byte[]? options = null, int id = 0x1234)
    {
        List<byte> octets = [.. UInt16(id), 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, (byte)(udpPayloadSize is null ? 0 : 1)];
        foreach (string label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            octets.AddRange([(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]);
        }

        octets.AddRange([0, .. UInt16((int)type), 0, 1]);
        if (udpPayloadSize is { } size)
        {
            octets.AddRange([0, 0, 41, .. UInt16(size), 0, 0, 0, 0, .. UInt16(options?.Length ?? 0), .. options ?? []]);
        }

        return [.. octets];
    }

    public static byte[] UInt16(int value) => [(byte)(value >> 8), (byte)value];
}

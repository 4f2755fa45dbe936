using System.Buffers.Binary;
using StubResolver.Tests.Wild;

namespace StubResolver.Fuzz.Resolver;

/// <summary>What is true about every name: the records that all servers of a round give when they tell the truth.</summary>
internal sealed class Zone(int seed)
{
    /// <summary>Types whose data is made here; all others have random octets for data.</summary>
    public static readonly DnsRecordType[] Types =
    [
        DnsRecordType.A, DnsRecordType.Aaaa, DnsRecordType.Ns, DnsRecordType.CName, DnsRecordType.Soa, DnsRecordType.Ptr, DnsRecordType.Mx,
        DnsRecordType.Txt, DnsRecordType.Srv, (DnsRecordType)65_400,
    ];

    /// <summary>Addresses that belong to no name.</summary>
    public static readonly (string A, string Aaaa) Forged = ("198.51.100.255", "2001:db8:bad::1");

    private const int MaxSize = 62_000; // aliases, and what stands behind the answer section, fit a message beside it
    private const int RecordOverhead = 26; // with the name of an alias
    private const int AddressesPerBlock = 256;

    /// <summary>Returns whether a name exists; one of twelve does not.</summary>
    public bool Exists(string name) => Draw.For(seed, name).Next(12) > 0;

    /// <summary>Returns how many aliases lead from a name to its records.</summary>
    public int GetAliasCount(string name, DnsRecordType type) =>
        type != DnsRecordType.CName && Draw.For(seed, name, 1) is var random && random.Next(4) == 0 ? random.Next(1, 17) : 0;

    /// <summary>Returns the data of the records; none where there is no such name or no such type.</summary>
    public List<byte[]> GetData(string name, DnsRecordType type)
    {
        Random random = Draw.For(seed, name, 100 + (int)type);
        List<byte[]> data = [];
        if (!Exists(name) || random.Next(10) == 0)
        {
            return data;
        }

        int count = type is DnsRecordType.CName or DnsRecordType.Soa ? 1 : GetCount(random);
        for (int i = 0, size = 0; i < count; i++)
        {
            byte[] next = Create(type, i, random);
            size += RecordOverhead + next.Length;
            if (i > 0 && size > MaxSize)
            {
                break;
            }

            data.Add(next);
        }

        return data;
    }

    private static int GetCount(Random random) => random.Next(20) switch
    {
        < 8 => 1,
        < 15 => random.Next(2, 8),
        < 19 => random.Next(8, 260),
        _ => int.MaxValue, // as many as a message holds
    };

    private static byte[] Create(DnsRecordType type, int index, Random random) => type switch
    {
        DnsRecordType.A => index < AddressesPerBlock ? [192, 0, 2, (byte)index] : [198, 51, 100, (byte)(index % (AddressesPerBlock - 1))],
        DnsRecordType.Aaaa => [0x20, 0x01, 0x0D, 0xB8, .. Number(index + 1), .. Draw.Octets(random, 8)],
        DnsRecordType.Ns or DnsRecordType.CName or DnsRecordType.Ptr => Host(index, random),
        DnsRecordType.Soa => WildReply.Soa(),
        DnsRecordType.Mx => [.. Number(index)[2..], .. Host(index, random)],
        DnsRecordType.Srv => [.. Number(index)[2..], 0, 1, 0, 80, .. Host(index, random)],
        DnsRecordType.Txt => [.. Number(index).Prepend((byte)4), .. Strings(random)],
        _ => [.. Number(index), .. Draw.Octets(random, random.Next(8) == 0 ? random.Next(20_000) : random.Next(40))],
    };

    private static byte[] Host(int index, Random random) =>
        WildReply.Name(string.Concat(Enumerable.Repeat(new string('x', random.Next(1, 64)) + ".", random.Next(3))) + $"h{index}.host.test");

    private static IEnumerable<byte> Strings(Random random) =>
        Enumerable.Range(0, random.Next(16) == 0 ? random.Next(200) : random.Next(3)).SelectMany(_ => WithLength(Draw.Octets(random, random.Next(256))));

    private static IEnumerable<byte> WithLength(byte[] octets) => octets.Prepend((byte)octets.Length);

    private static byte[] Number(int number)
    {
        byte[] octets = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(octets, number);
        return octets;
    }
}

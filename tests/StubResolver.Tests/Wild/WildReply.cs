using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace StubResolver.Tests.Wild;

/// <summary>Puts a reply together octet by octet: nothing is checked, and every count and length can be wrong.</summary>
internal sealed class WildReply
{
    /// <summary>A compression pointer to the asked name.</summary>
    public static readonly byte[] AskedName = [0xC0, 0x0C];

    private const ushort InternetClass = 1;

    private readonly List<byte> _octets;

    /// <summary>Begins with the header of a good answer (QR, RD, RA) and the question of the query, or another one.</summary>
    public WildReply(WildQuery query, int code = 0, byte[]? question = null)
    {
        _octets = [.. query.Message.AsSpan(0, 2), 0x81, (byte)(0x80 | code), 0, 1, 0, 0, 0, 0, 0, 0, .. question ?? query.Question];
    }

    /// <summary>Sets the 16 bits of flags.</summary>
    public WildReply Flags(ushort flags) => Set(2, flags);

    /// <summary>Sets the counts of the sections, whatever they hold; null leaves one as it is.</summary>
    public WildReply Counts(int? question = null, int? answer = null, int? authority = null, int? additional = null)
    {
        int?[] counts = [question, answer, authority, additional];
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] is { } count)
            {
                Set(4 + (2 * i), (ushort)count);
            }
        }

        return this;
    }

    /// <summary>Appends an address of the asked name.</summary>
    public WildReply Address(string address, uint ttl = 300) =>
        Answer(AskedName, IPAddress.Parse(address) is var parsed && address.Contains(':') ? DnsRecordType.Aaaa : DnsRecordType.A, parsed.GetAddressBytes(), ttl);

    public WildReply Answer(byte[] owner, DnsRecordType type, byte[] data, uint ttl = 300) => Record(6, owner, type, data, ttl);

    public WildReply Authority(byte[] owner, DnsRecordType type, byte[] data, uint ttl = 300) => Record(8, owner, type, data, ttl);

    public WildReply Additional(byte[] owner, DnsRecordType type, byte[] data, uint ttl = 300) => Record(10, owner, type, data, ttl);

    /// <summary>Appends an OPT record with these options to the additional section.</summary>
    public WildReply Opt(params byte[] options) => OptWith(0, options);

    /// <summary>Appends an OPT record whose TTL field (upper response code, version, flags) is as given.</summary>
    public WildReply OptWith(uint fields, params byte[] options) => Raw(10, [0], (ushort)DnsRecordType.Opt, 1232, fields, options);

    /// <summary>Takes the last octets away.</summary>
    public WildReply Cut(int count)
    {
        _octets.RemoveRange(_octets.Count - count, count);
        return this;
    }

    /// <summary>Appends octets, and counts nothing.</summary>
    public WildReply Octets(params byte[] octets)
    {
        _octets.AddRange(octets);
        return this;
    }

    public byte[] ToArray() => [.. _octets];

    /// <summary>Returns a name in wire form.</summary>
    public static byte[] Name(string name) =>
        name is "." ? [0] : [.. name.Split('.').SelectMany(label => new[] { (byte)label.Length }.Concat(Encoding.Latin1.GetBytes(label))), 0];

    /// <summary>Returns the RDATA of an SOA record.</summary>
    public static byte[] Soa(uint minimum = 60)
    {
        byte[] numbers = new byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(numbers.AsSpan(16), minimum);
        return [.. Name("ns.test"), .. Name("mail.test"), .. numbers];
    }

    /// <summary>Returns an EDNS option.</summary>
    public static byte[] Option(ushort code, params byte[] data) => [(byte)(code >> 8), (byte)code, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    private WildReply Record(int countOffset, byte[] owner, DnsRecordType type, byte[] data, uint ttl) =>
        Raw(countOffset, owner, (ushort)type, InternetClass, ttl, data);

    private WildReply Raw(int countOffset, byte[] owner, ushort type, ushort classNumber, uint ttl, byte[] data)
    {
        Set(countOffset, (ushort)(((_octets[countOffset] << 8) | _octets[countOffset + 1]) + 1));
        _octets.AddRange(owner);
        Append(type);
        Append(classNumber);
        Append((ushort)(ttl >> 16));
        Append((ushort)ttl);
        Append((ushort)data.Length);
        _octets.AddRange(data);
        return this;
    }

    private WildReply Set(int offset, ushort value)
    {
        (_octets[offset], _octets[offset + 1]) = ((byte)(value >> 8), (byte)value);
        return this;
    }

    private void Append(ushort value)
    {
        _octets.Add((byte)(value >> 8));
        _octets.Add((byte)value);
    }
}

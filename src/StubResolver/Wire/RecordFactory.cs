using System.Buffers.Binary;
using System.Net;

namespace StubResolver.Wire;

/// <summary>Makes the public record objects from checked RDATA.</summary>
internal static class RecordFactory
{
    /// <summary>Creates a record; <see langword="false"/> where the memory budget of the reply is used up.</summary>
    public static bool TryCreate(in EncodedRecord record, in RecordData data, ref RetainedMemory memory, out DnsRecord created)
    {
        created = null!;
        if (!memory.TryGetOwner(record.Owner, out string owner))
        {
            return false;
        }

        TimeSpan ttl = Seconds(record.Ttl);
        switch (record.Type)
        {
            case DnsRecordType.A or DnsRecordType.Aaaa:
                created = new DnsAddressRecord(owner, ttl, new IPAddress(data.Octets));
                return true;
            case DnsRecordType.Txt:
                return TryCreateTxt(owner, ttl, data.Octets, ref memory, out created);
            case DnsRecordType.CName or DnsRecordType.Ns or DnsRecordType.Ptr or DnsRecordType.DName
                or DnsRecordType.Mx or DnsRecordType.Srv or DnsRecordType.Soa:
                return TryCreateNamed(record.Type, owner, ttl, data, ref memory, out created);
            default:
                return TryCreateUnknown(record.Type, owner, ttl, data, ref memory, out created);
        }
    }

    private static bool TryCreateNamed(
        DnsRecordType type, string owner, TimeSpan ttl, in RecordData data, ref RetainedMemory memory, out DnsRecord created)
    {
        created = null!;
        if (!memory.TryGetName(data.Name, out string name))
        {
            return false;
        }

        ReadOnlySpan<byte> octets = data.Octets;
        switch (type)
        {
            case DnsRecordType.Soa:
                return TryCreateSoa(owner, ttl, name, data, ref memory, out created);
            case DnsRecordType.CName:
                created = new DnsCNameRecord(owner, ttl, name);
                break;
            case DnsRecordType.Ns:
                created = new DnsNsRecord(owner, ttl, name);
                break;
            case DnsRecordType.Ptr:
                created = new DnsPtrRecord(owner, ttl, name);
                break;
            case DnsRecordType.DName:
                created = new DnsDNameRecord(owner, ttl, name);
                break;
            case DnsRecordType.Mx:
                created = new DnsMxRecord(owner, ttl, BinaryPrimitives.ReadUInt16BigEndian(octets), name);
                break;
            default:
                created = new DnsSrvRecord(
                    owner,
                    ttl,
                    priority: BinaryPrimitives.ReadUInt16BigEndian(octets),
                    weight: BinaryPrimitives.ReadUInt16BigEndian(octets[2..]),
                    port: BinaryPrimitives.ReadUInt16BigEndian(octets[4..]),
                    name);
                break;
        }

        return true;
    }

    private static bool TryCreateSoa(
        string owner, TimeSpan ttl, string primaryServer, in RecordData data, ref RetainedMemory memory, out DnsRecord created)
    {
        created = null!;
        if (!memory.TryGetName(data.SecondName, out string mailbox))
        {
            return false;
        }

        ReadOnlySpan<byte> numbers = data.Octets;
        created = new DnsSoaRecord(
            owner,
            ttl,
            primaryServer,
            mailbox,
            serial: BinaryPrimitives.ReadUInt32BigEndian(numbers),
            refresh: Seconds(BinaryPrimitives.ReadUInt32BigEndian(numbers[4..])),
            retry: Seconds(BinaryPrimitives.ReadUInt32BigEndian(numbers[8..])),
            expire: Seconds(BinaryPrimitives.ReadUInt32BigEndian(numbers[12..])),
            minimum: Seconds(BinaryPrimitives.ReadUInt32BigEndian(numbers[16..])));
        return true;
    }

    private static bool TryCreateTxt(string owner, TimeSpan ttl, ReadOnlySpan<byte> octets, ref RetainedMemory memory, out DnsRecord created)
    {
        created = null!;
        if (!memory.TryCopy(octets, out byte[] data))
        {
            return false;
        }

        created = new DnsTxtRecord(owner, ttl, data);
        return true;
    }

    private static bool TryCreateUnknown(
        DnsRecordType type, string owner, TimeSpan ttl, in RecordData data, ref RetainedMemory memory, out DnsRecord created)
    {
        created = null!;
        int length = data.Octets.Length + data.Name.Length + data.SecondName.Length + data.Tail.Length;
        if (!memory.TryTakeOctets(length))
        {
            return false;
        }

        byte[] octets = length == 0 ? [] : new byte[length];
        data.Octets.CopyTo(octets);
        Span<byte> rest = octets.AsSpan(data.Octets.Length);
        rest = rest[data.Name.CopyTo(rest)..];
        rest = rest[data.SecondName.CopyTo(rest)..];
        data.Tail.CopyTo(rest);
        created = new DnsUnknownRecord(owner, type, ttl, octets);
        return true;
    }

    private static TimeSpan Seconds(uint seconds) => new(seconds * TimeSpan.TicksPerSecond);
}

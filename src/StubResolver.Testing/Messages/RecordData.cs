namespace StubResolver.Testing.Messages;

/// <summary>The RDATA of each record type.</summary>
internal static class RecordData
{
    /// <exception cref="ArgumentException">A value does not fit into the wire format.</exception>
    /// <exception cref="NotSupportedException">The type of the record has no encoding here.</exception>
    public static void Write(MessageWriter writer, DnsRecord record)
    {
        switch (record)
        {
            case DnsAddressRecord address:
                writer.Octets(address.Address.GetAddressBytes());
                break;
            case DnsCNameRecord cname:
                writer.Name(cname.CanonicalName, compress: true);
                break;
            case DnsNsRecord ns:
                writer.Name(ns.Target, compress: true);
                break;
            case DnsPtrRecord ptr:
                writer.Name(ptr.Target, compress: true);
                break;
            case DnsDNameRecord dname:
                writer.Name(dname.Target, compress: false);
                break;
            case DnsMxRecord mx:
                writer.UInt16(mx.Preference);
                writer.Name(mx.Exchange, compress: true);
                break;
            case DnsSrvRecord srv:
                writer.UInt16(srv.Priority);
                writer.UInt16(srv.Weight);
                writer.UInt16(srv.Port);
                writer.Name(srv.Target, compress: false);
                break;
            case DnsTxtRecord txt:
                writer.Octets(txt.Data.Span);
                break;
            case DnsSoaRecord soa:
                WriteSoa(writer, soa);
                break;
            case DnsUnknownRecord unknown:
                writer.Octets(unknown.Data.Span);
                break;
            default:
                throw new NotSupportedException($"{record.GetType().Name} cannot be encoded; give its RDATA in a {nameof(DnsUnknownRecord)}.");
        }
    }

    private static void WriteSoa(MessageWriter writer, DnsSoaRecord soa)
    {
        writer.Name(soa.PrimaryServer, compress: true);
        writer.Name(soa.ResponsibleMailbox, compress: true);
        writer.UInt32(soa.Serial);
        writer.Seconds(soa.Refresh);
        writer.Seconds(soa.Retry);
        writer.Seconds(soa.Expire);
        writer.Seconds(soa.Minimum);
    }
}

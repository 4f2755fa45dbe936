namespace StubResolver.Testing.Messages;

/// <summary>The OPT record of a reply (RFC 6891 §6.1).</summary>
internal sealed class ReplyEdns
{
    public int UdpPayloadSize { get; set; } = 1232;

    public int Version { get; set; }

    public bool DnssecOk { get; set; }

    public List<KeyValuePair<int, byte[]>> Options { get; } = [];

    public void Write(MessageWriter writer, DnsResponseCode code)
    {
        writer.UInt8(0);
        writer.UInt16((int)DnsRecordType.Opt);
        writer.UInt16(UdpPayloadSize);
        writer.UInt8((int)code >> 4);
        writer.UInt8(Version);
        writer.UInt16(DnssecOk ? 0x8000 : 0);
        writer.UInt16(Options.Sum(option => option.Value.Length + 4));
        foreach ((int optionCode, byte[] data) in Options)
        {
            writer.UInt16(optionCode);
            writer.UInt16(data.Length);
            writer.Octets(data);
        }
    }
}

using StubResolver.Wire;

namespace StubResolver.Tests.Wire;

public class QueryWriterTests
{
    private const string Question = "03 777777 04 74657374 00 001C 0001";
    private static readonly byte[] s_name = Hex.Decode("03 777777 04 74657374 00");

    [Fact]
    public void TryWrite_NoEdns_WritesHeaderAndQuestion()
    {
        Query query = new(0x1234, s_name, DnsRecordType.Aaaa);

        Write(query).Should().Equal(Hex.Decode("1234 0100 0001 0000 0000 0000" + Question));
    }

    [Fact]
    public void TryWrite_PayloadSize_WritesOptLast()
    {
        Query query = new(0x1234, s_name, DnsRecordType.Aaaa, udpPayloadSize: 1232, isAuthenticatedDataWanted: true);

        Write(query).Should().Equal(Hex.Decode("1234 0120 0001 0000 0000 0001" + Question + "00 0029 04D0 00000000 0000"));
    }

    [Fact]
    public void TryWrite_Options_WritesThemInOpt()
    {
        Query query = new(1, s_name, DnsRecordType.Aaaa, udpPayloadSize: 1232, cookie: Hex.Decode("0102030405060708"), asksForKeepalive: true);

        Write(query).Should().Equal(Hex.Decode(
            "0001 0100 0001 0000 0000 0001" + Question + "00 0029 04D0 00000000 0010 000A 0008 0102030405060708 000B 0000"));
    }

    [Fact]
    public void TryWrite_OptionsWithoutEdns_LeavesThemOut()
    {
        Query query = new(0, s_name, DnsRecordType.Aaaa, cookie: new byte[8], asksForKeepalive: true);

        Write(query).Should().Equal(Hex.Decode("0000 0100 0001 0000 0000 0000" + Question));
    }

    [Fact]
    public void TryWrite_RootName_WritesOneOctet()
    {
        Query query = new(0, new byte[1], DnsRecordType.Ns);

        Write(query).Should().Equal(Hex.Decode("0000 0100 0001 0000 0000 0000 00 0002 0001"));
    }

    [Fact]
    public void TryWrite_LargestQuery_FillsMaxLength()
    {
        byte[] name = new byte[EncodedName.MaxLength];
        for (int i = 0; i < name.Length - 1; i += 2)
        {
            name[i] = 1;
        }

        Query query = new(0, name, DnsRecordType.A, udpPayloadSize: 1232, cookie: new byte[40], asksForKeepalive: true);

        Write(query).Should().HaveCount(QueryWriter.MaxLength);
    }

    [Fact]
    public void TryWrite_DestinationTooSmall_ReturnsFalse()
    {
        Query query = new(0, s_name, DnsRecordType.A, udpPayloadSize: 1232, cookie: new byte[8]);
        int needed = Write(query).Length;

        for (int size = 0; size < needed; size++)
        {
            QueryWriter.TryWrite(query, new byte[size], out int written).Should().BeFalse($"{size} octets are too few");
            written.Should().Be(0);
        }

        QueryWriter.TryWrite(query, new byte[needed], out _).Should().BeTrue();
    }

    [Fact]
    public void TryWrite_NameAndQuery_AllocateNothing()
    {
        byte[] name = new byte[EncodedName.MaxLength];
        byte[] destination = new byte[QueryWriter.MaxLength];
        byte[] cookie = new byte[24];
        WriteOnce(name, cookie, destination).Should().BeTrue();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            WriteOnce(name, cookie, destination);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        allocated.Should().Be(0);
    }

    private static bool WriteOnce(byte[] name, byte[] cookie, byte[] destination) =>
        NameWriter.TryWrite(@"a\.b\001.www.example", name, out int length)
        && QueryWriter.TryWrite(
            new Query(7, name.AsSpan(0, length), DnsRecordType.A, udpPayloadSize: 1232, cookie: cookie, asksForKeepalive: true),
            destination,
            out _);

    private static byte[] Write(in Query query)
    {
        byte[] destination = new byte[QueryWriter.MaxLength];
        QueryWriter.TryWrite(query, destination, out int written).Should().BeTrue();
        return destination[..written];
    }
}

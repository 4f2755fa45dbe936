using System.Buffers.Binary;
using System.Text;
using StubResolver.Wire;

namespace StubResolver.Tests.Wire;

public class ResponseMemoryTests
{
    private const string Name = "www.test";
    private const int Budget = 1024 * 1024;
    private const int GrowthOfTables = 512 * 1024;

    [Theory]
    [InlineData("C00C", "it points to the question")]
    [InlineData("03 777777 04 74657374 00", "the server does not compress")]
    [InlineData("03 577757 04 54455354 00", "case does not count (RFC 4343)")]
    [InlineData("03 777777 C010", "it is compressed in part")]
    public void TryParse_OwnerIsTheQuestion_SharesTheAskersString(string ownerHex, string because)
    {
        Response response = Parse(Hex.Decode(Messages.Reply(answer: ownerHex + "0001 0001 0000012C 0004 C0000201")));

        response.Answers.Should().ContainSingle().Which.Name.Should().BeSameAs(Name, because);
    }

    [Theory]
    [InlineData("C026", "it points to the target of the alias")]
    [InlineData("0161 04 74657374 00", "the server does not compress")]
    public void TryParse_OwnerIsTheTargetOfTheAliasBefore_SharesItsString(string ownerHex, string because)
    {
        string address = ownerHex + "0001 0001 0000012C 0004 C0000201";

        Response response = Parse(Hex.Decode(Messages.Reply(answer: Messages.CName + address + address, answers: 3)));

        string target = response.Answers[0].Should().BeOfType<DnsCNameRecord>().Which.CanonicalName;
        target.Should().Be("a.test");
        response.Answers[1].Name.Should().BeSameAs(target, because);
        response.Answers[2].Name.Should().BeSameAs(target, because);
    }

    [Fact]
    public void TryParse_ManyNamesMetAgain_AreSharedByOffset()
    {
        List<byte> records = [];
        List<int> offsets = [];
        for (int i = 0; i < 100; i++)
        {
            offsets.Add(26 + records.Count + 12);
            records.AddRange(Hex.Decode($"C00C 000C 0001 0000012C 0004 01{i:X2} C010"));
        }

        foreach (int offset in offsets)
        {
            records.AddRange(Hex.Decode($"C00C 000C 0001 0000012C 0002 {0xC000 | offset:X4}"));
        }

        Response response = Parse(Reply(records, count: 200));

        string[] targets = [.. response.Answers.Cast<DnsPtrRecord>().Select(record => record.Target)];
        targets.Distinct().Should().HaveCount(100);
        for (int i = 0; i < 100; i++)
        {
            targets[i + 100].Should().BeSameAs(targets[i]);
        }
    }

    [Fact]
    public void TryParse_ManyRecordsPointingAtOneLongName_KeepItOnce()
    {
        List<byte> records = [.. LongName(), .. Hex.Decode("0001 0001 0000012C 0004 C0000201")];
        int count = 1;
        for (; records.Count < 60_000; count++)
        {
            records.AddRange(Hex.Decode("C01A 0001 0001 0000012C 0004 C0000201"));
        }

        byte[] message = Reply(records, count);
        Response response = Parse(message);
        long allocated = AllocatedBy(message);

        response.Answers.Should().HaveCount(count);
        response.Answers.Should().OnlyContain(record => ReferenceEquals(record.Name, response.Answers[0].Name));
        allocated.Should().BeLessThan(Budget, "list growth included");
    }

    [Theory]
    [InlineData("02{0:X4} C01A 0001 0001 0000012C 0004 C0000201", "each owner would be a long string of its own")]
    [InlineData("C00C 000C 0001 0000012C 0005 02{0:X4} C01A", "each target would be a long string of its own")]
    public void TryParse_ManyNamesThatEndInOneLongName_ReturnsFalseWithinTheBudget(string recordFormat, string because)
    {
        List<byte> records = [.. LongName(), .. Hex.Decode("0001 0001 0000012C 0004 C0000201")];
        int count = 1;
        for (; records.Count < 60_000; count++)
        {
            records.AddRange(Hex.Decode(string.Format(null, recordFormat, count)));
        }

        byte[] message = Reply(records, count);

        Response.TryParse(message, Name, out _).Should().BeFalse(because);
        AllocatedBy(message).Should().BeLessThan(Budget + GrowthOfTables, because);
    }

    [Theory]
    [InlineData("00", "60,000 empty strings")]
    [InlineData("0161", "30,000 strings of one character")]
    public void TryParse_TxtOfTinyStrings_CostsNoMoreThanItsOctets(string stringHex, string because)
    {
        byte[] one = Hex.Decode(stringHex);
        byte[] data = [.. Enumerable.Repeat(one, 60_000 / one.Length).SelectMany(octets => octets)];
        byte[] message = Reply([.. Hex.Decode($"C00C 0010 0001 0000012C {data.Length:X4}"), .. data], count: 1);

        Parse(message).Answers.Should().ContainSingle(because);
        AllocatedBy(message).Should().BeLessThan((2 * message.Length) + 4096, because);
    }

    [Fact]
    public void TryParse_ManyExtendedErrors_StaysWithinTheBudget()
    {
        byte[] data = [.. Enumerable.Repeat(Hex.Decode("000F 0002 0000"), 10_000).SelectMany(octets => octets)];
        byte[] message = Hex.Decode(Messages.Reply(additional: $"00 0029 04D0 00000000 {data.Length:X4} {Convert.ToHexString(data)}"));

        AllocatedBy(message).Should().BeLessThan(Budget + GrowthOfTables);
    }

    public static TheoryData<string, int> HonestReplies => new()
    {
        { "61 names of one address, in one datagram", 61 },
        { "40 printers with Chinese names", 40 },
        { "200 services, uncompressed as SRV has to be", 200 },
        { "3,000 names, which fill 64 KiB", 3000 },
        { "long names that share 100 octets and fill 64 KiB", 3000 },
    };

    [Theory]
    [MemberData(nameof(HonestReplies))]
    public void TryParse_HonestReply_IsNotRefusedForItsSize(string what, int count)
    {
        List<byte> records = [];
        for (int i = 0; i < count; i++)
        {
            records.AddRange(what switch
            {
                ['4', ..] => Pointer([.. Label("\u4E8C\u697C\u6253\u5370\u673A" + i), 0xC0, 0x0C]),
                ['2', ..] => Service([.. Label($"host{i}"), 4, .. "test"u8, 0]),
                ['l', ..] => Pointer(i == 0 ? [.. Label(new string('s', 49)), .. Label(new string('s', 49)), 0] : [.. Label($"n{i:D4}"), 0xC0, 0x26]),
                _ => Pointer([.. Label($"n{i:D4}"), 0xC0, 0x10]),
            });
        }

        Parse(Reply(records, count)).Answers.Should().HaveCount(count, what);
    }

    [Fact]
    public void TryParse_EqualNamesUncompressed_AreKeptOnce()
    {
        List<byte> records = [];
        for (int i = 0; i < 300; i++)
        {
            records.AddRange(Pointer([.. Label("x" + (i % 30)), 4, .. "test"u8, 0]));
        }

        Response response = Parse(Reply(records, 300));

        response.Answers.Cast<DnsPtrRecord>().Select(record => record.Target).Distinct(ReferenceEqualityComparer.Instance).Should().HaveCount(30);
    }

    [Fact]
    public void TryParse_CountsOfNothing_AllocateNothingForThem()
    {
        byte[] message = Hex.Decode("1234 8180 0001 FFFF FFFF FFFF" + Messages.Question);

        AllocatedBy(message).Should().BeLessThan(200, "counts are claims");
    }

    private static byte[] Label(string text) => [(byte)Encoding.UTF8.GetByteCount(text), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Pointer(byte[] target) => [.. Hex.Decode($"C00C 000C 0001 0000012C {target.Length:X4}"), .. target];

    private static byte[] Service(byte[] target) => [.. Hex.Decode($"C00C 0021 0001 0000012C {target.Length + 6:X4} 0001 0002 01BB"), .. target];

    private static Response Parse(byte[] message)
    {
        Response.TryParse(message, Name, out Response? response).Should().BeTrue();
        return response!;
    }

    private static long AllocatedBy(byte[] message)
    {
        Response.TryParse(message, Name, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Response.TryParse(message, Name, out _);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Reply(List<byte> records, int count)
    {
        byte[] message = [.. Hex.Decode(Messages.Reply()), .. records];
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(6), (ushort)count);
        return message;
    }

    /// <summary>A name of 252 octets, to leave room for one more label in front of it.</summary>
    private static byte[] LongName()
    {
        byte[] name = new byte[252];
        for (int i = 0; i < 251; i += 63)
        {
            int length = Math.Min(62, 250 - i);
            name[i] = (byte)length;
            name.AsSpan(i + 1, length).Fill((byte)'a');
        }

        return name;
    }
}

using StubResolver.Wire;

namespace StubResolver.Tests.Wire;

public class NameWriterTests
{
    private const string Label63 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string Octets253 = Label63 + "." + Label63 + "." + Label63 + "." + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    [Theory]
    [InlineData(".", "00")]
    [InlineData("test", "04 74657374 00")]
    [InlineData("test.", "04 74657374 00")]
    [InlineData("wWw.test", "03 775777 04 74657374 00")]
    [InlineData(@"a\.b.test", "03 612E62 04 74657374 00")]
    [InlineData(@"a\.", "02 612E 00")]
    [InlineData(@"\000\255\\", "03 00FF5C 00")]
    [InlineData(@"\@\""", "02 4022 00")]
    [InlineData("_sip._tcp.test", "04 5F736970 04 5F746370 04 74657374 00")]
    public void TryWrite_Name_WritesLabels(string name, string wireHex)
    {
        Span<byte> destination = stackalloc byte[EncodedName.MaxLength];

        bool isWritten = NameWriter.TryWrite(name, destination, out int written);

        isWritten.Should().BeTrue();
        destination[..written].ToArray().Should().Equal(Hex.Decode(wireHex));
    }

    [Theory]
    [InlineData(Octets253)]
    [InlineData(Octets253 + ".")]
    public void TryWrite_LongestName_Fits(string name)
    {
        NameWriter.TryWrite(name, new byte[EncodedName.MaxLength], out int written).Should().BeTrue();

        written.Should().Be(EncodedName.MaxLength);
    }

    [Theory]
    [InlineData("", "a name is not empty")]
    [InlineData("..", "an empty label before the root")]
    [InlineData(".test", "an empty first label")]
    [InlineData("a..test", "an empty label inside")]
    [InlineData("test..", "an empty last label")]
    [InlineData(Label63 + "a.test", "a label of 64 octets")]
    [InlineData(Octets253 + "a", "a name of 256 octets")]
    [InlineData(Octets253 + "a.", "a name of 256 octets")]
    [InlineData("münchen.test", "a character outside ASCII")]
    [InlineData("\\ü.test", "an escaped character outside ASCII")]
    [InlineData(@"test\", "a backslash with nothing behind it")]
    [InlineData(@"a\2", "an escape of one digit")]
    [InlineData(@"a\25", "an escape of two digits")]
    [InlineData(@"a\25x", "an escape of two digits and a letter")]
    [InlineData(@"a\256", "an escape above 255")]
    public void TryWrite_BadName_ReturnsFalse(string name, string because)
    {
        bool isWritten = NameWriter.TryWrite(name, new byte[2 * EncodedName.MaxLength], out int written);

        isWritten.Should().BeFalse(because);
        written.Should().Be(0, because);
    }

    [Theory]
    [InlineData(".", 1)]
    [InlineData("www.test", 10)]
    [InlineData("www.test.", 10)]
    [InlineData(@"\000\001.test", 9)]
    public void TryWrite_DestinationOfEverySize_NeedsTheExactSize(string name, int needed)
    {
        for (int size = 0; size < needed; size++)
        {
            NameWriter.TryWrite(name, new byte[size], out _).Should().BeFalse($"{size} octets are too few");
        }

        NameWriter.TryWrite(name, new byte[needed], out int written).Should().BeTrue();
        written.Should().Be(needed);
    }
}

using StubResolver.Wire;

namespace StubResolver.Tests.Wire;

public class EncodedNameTests
{
    [Theory]
    [InlineData("00", 0, ".", 1)]
    [InlineData("0377777704 74657374 00", 0, "www.test", 10)]
    [InlineData("04 74657374 00 03777777 C000", 6, "www.test", 6)]
    [InlineData("04 74657374 00 03777777 C000 C006", 12, "www.test", 2)]
    [InlineData("00 C000", 1, ".", 2)]
    [InlineData("04 74657374 00 C000 C006 016D C008", 10, "m.test", 4)]
    public void TryRead_WellFormedName_GivesTextAndLength(string messageHex, int offset, string text, int length)
    {
        bool isRead = EncodedName.TryRead(Hex.Decode(messageHex), offset, out EncodedName name, out int consumed);

        isRead.Should().BeTrue();
        consumed.Should().Be(length);
        name.ToString().Should().Be(text);
    }

    [Theory]
    [InlineData("", 0, "there is no octet")]
    [InlineData("00", 1, "the name begins behind the end")]
    [InlineData("00", -1, "the name begins before the message")]
    [InlineData("05 616263", 0, "a label that runs past the end (RFC 9267 §3)")]
    [InlineData("03 616263", 0, "no root octet ends the name (RFC 9267 §4)")]
    [InlineData("C000", 0, "a pointer to itself (RFC 9267 §2)")]
    [InlineData("C002 C000", 0, "a pointer forwards")]
    [InlineData("C002 C000", 2, "two pointers to each other")]
    [InlineData("01 61 C000", 0, "a pointer to the start of the name it ends")]
    [InlineData("01 61 01 62 C002", 0, "a pointer into the name it ends")]
    [InlineData("00 C0", 1, "half a pointer")]
    [InlineData("00 FFFF", 1, "a pointer past the end of the message")]
    [InlineData("00 4061", 1, "the reserved label type 01")]
    [InlineData("00 8061", 1, "the reserved label type 10")]
    [InlineData("00 01 61 C004 01 62 C001", 5, "a pointer that leads to a forward pointer")]
    public void TryRead_MalformedName_ReturnsFalse(string messageHex, int offset, string because)
    {
        bool isRead = EncodedName.TryRead(Hex.Decode(messageHex), offset, out _, out int consumed);

        isRead.Should().BeFalse(because);
        consumed.Should().Be(0, because);
    }

    [Theory]
    [InlineData(127, true, "each label of the longest name may be followed by a pointer")]
    [InlineData(128, false, "more pointers than labels fit only cost time")]
    [InlineData(8000, false, "a chain of pointers makes the work quadratic")]
    public void TryRead_ChainOfPointers_IsBounded(int pointers, bool expected, string because)
    {
        byte[] message = new byte[1 + (2 * pointers)];
        for (int i = 0, target = 0; i < pointers; i++, target = (2 * i) - 1)
        {
            message[1 + (2 * i)] = (byte)(0xC0 | (target >> 8));
            message[2 + (2 * i)] = (byte)target;
        }

        bool isRead = EncodedName.TryRead(message, message.Length - 2, out _, out _);

        isRead.Should().Be(expected, because);
    }

    [Fact]
    public void TryRead_NameOf255Octets_IsTheLongest()
    {
        byte[] longest = new byte[255];
        for (int i = 0; i < 254; i += 2)
        {
            longest[i] = 1;
            longest[i + 1] = (byte)'a';
        }

        byte[] tooLong = [1, (byte)'b', .. longest];

        EncodedName.TryRead(longest, 0, out EncodedName name, out int consumed).Should().BeTrue();
        consumed.Should().Be(255);
        name.ToString().Should().HaveLength(253);
        EncodedName.TryRead(tooLong, 0, out _, out _).Should().BeFalse("a name has at most 255 octets (RFC 1035 §2.3.4)");
    }

    [Theory]
    [InlineData("03 616263 C000", true, "255 octets are the longest name")]
    [InlineData("04 61626364 C000", false, "the length counts across pointers (RFC 9267 §3)")]
    public void TryRead_LabelBeforeNameOf251Octets_CountsBoth(string nameHex, bool expected, string because)
    {
        byte[] target = new byte[251];
        for (int i = 0; i < 250; i += 2)
        {
            target[i] = 1;
        }

        bool isRead = EncodedName.TryRead([.. target, .. Hex.Decode(nameHex)], target.Length, out _, out _);

        isRead.Should().Be(expected, because);
    }

    [Theory]
    [InlineData("03 612E62 04 74657374 00", @"a\.b.test")]
    [InlineData("01 5C 00", @"\\")]
    [InlineData("07 22 28 29 3B 40 24 5C 00", @"\""\(\)\;\@\$\\")]
    [InlineData("04 00 20 7F FF 00", @"\000\032\127\255")]
    [InlineData("05 5F696D4158 00", "_imAX")]
    [InlineData("01 2A 04 74657374 00", "*.test")]
    public void ToString_SpecialOctets_AreEscaped(string wireHex, string text)
    {
        EncodedName.TryRead(Hex.Decode(wireHex), 0, out EncodedName name, out _).Should().BeTrue();

        name.ToString().Should().Be(text);
    }

    [Fact]
    public void ToString_RandomOctets_AreReadBackByNameWriter()
    {
        Random random = new(20240117);
        byte[] written = new byte[EncodedName.MaxLength];
        for (int round = 0; round < 5_000; round++)
        {
            byte[] wire = RandomName(random);
            EncodedName.TryRead(wire, 0, out EncodedName name, out _).Should().BeTrue();

            bool isWritten = NameWriter.TryWrite(name.ToString(), written, out int length);

            isWritten.Should().BeTrue($"{name.ToString()} came from a name");
            written[..length].Should().Equal(wire);
        }
    }

    [Theory]
    [InlineData("03 777777 04 74657374 00", true, "the octets are the same")]
    [InlineData("03 577757 04 54455354 00", true, "ASCII case does not count")]
    [InlineData("03 777777 04 74657375 00", false, "an octet differs")]
    [InlineData("04 74657374 03 777777 00", false, "the labels are in another order")]
    [InlineData("08 777777 04 74657374 00", false, "the labels are cut elsewhere")]
    [InlineData("03 777777 00", false, "it is shorter")]
    [InlineData("03 777777 04 74657374", false, "it is not a name")]
    [InlineData("", false, "it is empty")]
    public void EqualsIgnoreCase_WireName_ComparesLabels(string wireHex, bool expected, string because)
    {
        EncodedName.TryRead(Hex.Decode("04 74657374 00 03 777777 C000"), 6, out EncodedName name, out _).Should().BeTrue();

        name.EqualsIgnoreCase(Hex.Decode(wireHex)).Should().Be(expected, because);
    }

    [Theory]
    [InlineData("01 5B 00", "01 7B 00", "[ and { differ by the bit of case and are no letters")]
    [InlineData("01 40 00", "01 60 00", "@ and ` differ by the bit of case and are no letters")]
    [InlineData("01 C4 00", "01 E4 00", "case outside ASCII counts (RFC 4343 §4)")]
    public void EqualsIgnoreCase_OtherThanLetters_AreDifferent(string leftHex, string rightHex, string because)
    {
        EncodedName.TryRead(Hex.Decode(leftHex), 0, out EncodedName name, out _).Should().BeTrue();

        name.EqualsIgnoreCase(Hex.Decode(rightHex)).Should().BeFalse(because);
        name.EqualsIgnoreCase(Hex.Decode(leftHex)).Should().BeTrue("every octet is itself");
    }

    [Theory]
    [InlineData("03 777777 04 74657374 00", true, "the octets are the same")]
    [InlineData("03 777757 04 74657374 00", false, "case differs")]
    [InlineData("08 777777 04 74657374 00", false, "the labels are cut elsewhere")]
    [InlineData("03 777777 04 74657374", false, "the root is missing")]
    [InlineData("", false, "it is empty")]
    public void EqualsExactly_WireName_ComparesOctets(string wireHex, bool expected, string because)
    {
        EncodedName.TryRead(Hex.Decode("04 74657374 00 03 777777 C000"), 6, out EncodedName name, out _).Should().BeTrue();

        name.EqualsExactly(Hex.Decode(wireHex)).Should().Be(expected, because);
    }

    private static byte[] RandomName(Random random)
    {
        List<byte> wire = [];
        int labels = random.Next(0, 20);
        for (int i = 0; i < labels; i++)
        {
            int length = random.Next(1, random.Next(2, 64));
            if (wire.Count + 1 + length + 1 > EncodedName.MaxLength)
            {
                break;
            }

            wire.Add((byte)length);
            for (int octet = 0; octet < length; octet++)
            {
                wire.Add((byte)random.Next(256));
            }
        }

        wire.Add(0);
        return [.. wire];
    }
}

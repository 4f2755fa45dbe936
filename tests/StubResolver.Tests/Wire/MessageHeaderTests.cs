using StubResolver.Wire;

namespace StubResolver.Tests.Wire;

public class MessageHeaderTests
{
    [Fact]
    public void TryRead_Header_GivesFields()
    {
        bool isRead = MessageHeader.TryRead(Hex.Decode("1234 8180 0001 0002 0003 0004"), out MessageHeader header);

        isRead.Should().BeTrue();
        header.Should().Be(new MessageHeader(0x1234, 0x8180, 1, 2, 3, 4));
    }

    [Fact]
    public void TryRead_FewerThanTwelveOctets_ReturnsFalse() =>
        MessageHeader.TryRead(new byte[11], out _).Should().BeFalse("a header has twelve octets");

    [Theory]
    [InlineData(0x8000, nameof(MessageHeader.IsResponse))]
    [InlineData(0x0400, nameof(MessageHeader.IsAuthoritative))]
    [InlineData(0x0200, nameof(MessageHeader.IsTruncated))]
    [InlineData(0x0100, nameof(MessageHeader.IsRecursionDesired))]
    [InlineData(0x0080, nameof(MessageHeader.IsRecursionAvailable))]
    [InlineData(0x0020, nameof(MessageHeader.IsAuthenticated))]
    [InlineData(0x0010, nameof(MessageHeader.IsCheckingDisabled))]
    [InlineData(0x0040, "")]
    public void Flags_OneBit_IsOneProperty(int flags, string set)
    {
        MessageHeader header = new(0, (ushort)flags, 0, 0, 0, 0);

        Dictionary<string, bool> properties = new()
        {
            [nameof(MessageHeader.IsResponse)] = header.IsResponse,
            [nameof(MessageHeader.IsAuthoritative)] = header.IsAuthoritative,
            [nameof(MessageHeader.IsTruncated)] = header.IsTruncated,
            [nameof(MessageHeader.IsRecursionDesired)] = header.IsRecursionDesired,
            [nameof(MessageHeader.IsRecursionAvailable)] = header.IsRecursionAvailable,
            [nameof(MessageHeader.IsAuthenticated)] = header.IsAuthenticated,
            [nameof(MessageHeader.IsCheckingDisabled)] = header.IsCheckingDisabled,
        };

        properties.Where(property => property.Value).Select(property => property.Key).Should().Equal(set.Length == 0 ? [] : [set]);
        header.Opcode.Should().Be(0);
        header.ResponseCode.Should().Be(DnsResponseCode.NoError);
    }

    [Theory]
    [InlineData(0x7800, 15, 0)]
    [InlineData(0x2800, 5, 0)]
    [InlineData(0x000F, 0, 15)]
    [InlineData(0x0003, 0, 3)]
    public void Flags_Codes_AreFourBitsEach(int flags, int opcode, int responseCode)
    {
        MessageHeader header = new(0, (ushort)flags, 0, 0, 0, 0);

        header.Opcode.Should().Be(opcode);
        header.ResponseCode.Should().Be((DnsResponseCode)responseCode);
    }
}

using StubResolver.Wire;
using static StubResolver.Tests.Wire.Messages;

namespace StubResolver.Tests.Wire;

public class ResponseTruncatedTests
{
    private const string Truncated = "8380";

    [Theory]
    [InlineData("", "nothing of it")]
    [InlineData("C0", "half a pointer")]
    [InlineData("03 7777", "half a label")]
    [InlineData("03 777777", "labels without an end")]
    [InlineData("C00C 0001 0001 0000", "half the fixed fields")]
    [InlineData("C00C 0001 0001 0000012C 00", "half of RDLENGTH")]
    [InlineData("C00C 0001 0001 0000012C 0004 C000", "half the RDATA")]
    [InlineData("00 0001 0001 0000012C 0004 C000", "half the RDATA of a record of the root")]
    public void TryParse_TruncatedInsideARecord_GivesTheWholeRecordsBefore(string rest, string what)
    {
        byte[] message = Hex.Decode(Reply(flags: Truncated, answer: A + rest, answers: 2));

        bool isRead = Response.TryParse(message, "www.test", out Response? response);

        isRead.Should().BeTrue($"TC is set, and {what} of the second record is there");
        response!.IsTruncated.Should().BeTrue();
        response.Answers.Should().ContainSingle();
    }

    [Fact]
    public void TryParse_TruncatedInsideTheAnswer_LooksForNoOtherSection()
    {
        byte[] message = Hex.Decode("1234 8380 0001 0002 0001 0001" + Question + A);

        Response.TryParse(message, "www.test", out Response? response).Should().BeTrue();

        response!.Answers.Should().ContainSingle();
        response.Zone.Should().BeNull();
        response.IsAuthorityWhole.Should().BeFalse();
        response.Edns.Should().BeNull();
    }

    [Theory]
    [InlineData("C0FF 0001 0001 0000012C 0004 C0000201", "a whole record whose owner points forwards")]
    [InlineData("40 0001 0001 0000012C 0004 C0000201", "a whole record whose owner has a reserved label type")]
    [InlineData("C00C 0001 0001 0000012C 0003 C00002", "a whole record with an address of 3 octets")]
    public void TryParse_TruncatedWithAMalformedRecord_ReturnsFalse(string record, string because)
    {
        byte[] message = Hex.Decode(Reply(flags: Truncated, answer: record + "C00C", answers: 2));

        Response.TryParse(message, "www.test", out _).Should().BeFalse(because);
    }

    [Fact]
    public void TryParse_TruncatedInsideTheQuestion_ReturnsFalse() =>
        Response.TryParse(Hex.Decode("1234 8380 0001 0000 0000 0000 03 7777"), "www.test", out _)
            .Should().BeFalse("only records may be cut short");
}

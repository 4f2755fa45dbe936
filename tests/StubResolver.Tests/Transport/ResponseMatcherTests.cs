using System.Buffers.Binary;
using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class ResponseMatcherTests
{
    private const int ResponseFlags = 0x8180;

    [Theory]
    [InlineData(0x1234, ResponseFlags, "a.test", 1, 1, ResponseMatch.Match, "all is as asked")]
    [InlineData(0x1234, ResponseFlags, "A.TEST", 1, 1, ResponseMatch.Match, "letter case does not count (RFC 4343)")]
    [InlineData(0x1234, ResponseFlags | 0x0200, "a.test", 1, 1, ResponseMatch.Match, "TC is looked at later")]
    [InlineData(0x1235, ResponseFlags, "a.test", 1, 1, ResponseMatch.NearMiss, "the id is another")]
    [InlineData(0x1235, ResponseFlags | 0x0200, "a.test", 1, 1, ResponseMatch.NearMiss, "TC does not excuse a wrong id")]
    [InlineData(0x1234, ResponseFlags, "b.test", 1, 1, ResponseMatch.NearMiss, "the name is another")]
    [InlineData(0x1234, ResponseFlags, "aa.test", 1, 1, ResponseMatch.NearMiss, "the name is longer")]
    [InlineData(0x1234, ResponseFlags, "test", 1, 1, ResponseMatch.NearMiss, "the name is shorter")]
    [InlineData(0x1234, ResponseFlags, "a.test", 28, 1, ResponseMatch.NearMiss, "the type is another")]
    [InlineData(0x1234, ResponseFlags, "a.test", 1, 3, ResponseMatch.NearMiss, "the class is another")]
    [InlineData(0x1234, 0x0100, "a.test", 1, 1, ResponseMatch.Junk, "it is a query")]
    [InlineData(0x1234, 0xA980, "a.test", 1, 1, ResponseMatch.Junk, "the opcode is another")]
    public void Match_OneQuestion_ComparesAllOfIt(int id, int flags, string name, int type, int dnsClass, object expected, string because)
    {
        byte[] query = Message(0x1234, 0x0100, "a.test", 1, 1);

        ResponseMatch match = ResponseMatcher.Match(query, Message(id, flags, name, type, dnsClass), exactCase: false);

        match.Should().Be((ResponseMatch)expected, because);
    }

    [Theory]
    [InlineData("a.TEST", ResponseMatch.Match)]
    [InlineData("a.test", ResponseMatch.CaseMismatch)]
    [InlineData("A.TEST", ResponseMatch.CaseMismatch)]
    [InlineData("b.TEST", ResponseMatch.NearMiss)]
    public void Match_ExactCase_TellsCaseFromName(string name, object expected)
    {
        byte[] query = Message(1, 0x0100, "a.TEST", 1, 1);

        ResponseMatch match = ResponseMatcher.Match(query, Message(1, ResponseFlags, name, 1, 1), exactCase: true);

        match.Should().Be((ResponseMatch)expected);
    }

    [Theory]
    [InlineData(0, ResponseMatch.NearMiss)] // NOERROR
    [InlineData(1, ResponseMatch.Match)] // FORMERR
    [InlineData(2, ResponseMatch.Match)] // SERVFAIL
    [InlineData(3, ResponseMatch.NearMiss)] // NXDOMAIN
    [InlineData(4, ResponseMatch.Match)] // NOTIMP
    [InlineData(5, ResponseMatch.Match)] // REFUSED
    [InlineData(6, ResponseMatch.NearMiss)] // YXDOMAIN
    public void Match_NoQuestion_OnlyWithCodesOfServersThatCannotAnswer(int code, object expected)
    {
        byte[] query = Message(1, 0x0100, "a.test", 1, 1);
        byte[] reply = Message(1, ResponseFlags | code, "a.test", 1, 1)[..12];
        reply[5] = 0;

        ResponseMatcher.Match(query, reply, exactCase: true).Should().Be((ResponseMatch)expected);
    }

    [Fact]
    public void Match_TwoQuestions_IsNearMiss()
    {
        byte[] query = Message(1, 0x0100, "a.test", 1, 1);
        byte[] question = query[12..];
        byte[] reply = [.. Message(1, ResponseFlags, "a.test", 1, 1), .. question];
        reply[5] = 2;

        ResponseMatcher.Match(query, reply, exactCase: false).Should().Be(ResponseMatch.NearMiss, "one query has one question (RFC 9619)");
    }

    [Fact]
    public void Match_ReplyCutAnywhere_IsNeverAMatch()
    {
        byte[] query = Message(1, 0x0100, "a.test", 1, 1);
        byte[] reply = Message(1, ResponseFlags, "a.test", 1, 1);

        for (int length = 0; length < reply.Length; length++)
        {
            ResponseMatch expected = length < 12 ? ResponseMatch.Junk : ResponseMatch.NearMiss;
            ResponseMatcher.Match(query, reply.AsSpan(0, length), exactCase: false).Should().Be(expected, "{0} octets", length);
        }
    }

    [Fact]
    public void Match_OctetsAbove127_AreComparedAsTheyAre()
    {
        byte[] query = Message(1, 0x0100, "\u00E9A.test", 1, 1);
        byte[] same = Message(1, ResponseFlags, "\u00E9a.test", 1, 1);
        byte[] other = Message(1, ResponseFlags, "\u00C9a.test", 1, 1); // 0xE9 with bit 0x20 clear

        ResponseMatcher.Match(query, same, exactCase: false).Should().Be(ResponseMatch.Match);
        ResponseMatcher.Match(query, other, exactCase: false).Should().Be(ResponseMatch.NearMiss, "only ASCII letters fold (RFC 4343 §3.1)");
    }

    // One octet for each character of the name.
    private static byte[] Message(int id, int flags, string name, int type, int dnsClass)
    {
        byte[] header = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(header, (ushort)id);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)flags);
        header[5] = 1;
        byte[] labels = [.. name.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. label.Select(letter => (byte)letter)])];
        return [.. header, .. labels, 0, (byte)(type >> 8), (byte)type, (byte)(dnsClass >> 8), (byte)dnsClass];
    }
}

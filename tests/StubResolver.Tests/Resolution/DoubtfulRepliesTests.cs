using StubResolver.Resolution;
using StubResolver.Tests.Wire;
using StubResolver.Wire;

namespace StubResolver.Tests.Resolution;

public class DoubtfulRepliesTests
{
    private const string OtherA = "C00C 0001 0001 0000012C 0004 C0000202";

    [Fact]
    public void TryTake_OneReply_IsTakenOnce()
    {
        DoubtfulReplies replies = default;
        Response reply = Parse(Messages.A);

        replies.Add(7, reply, Doubts.Cookie);

        replies.TryTake(out int tag, out Response? taken).Should().BeTrue();
        (tag, taken).Should().Be((7, reply));
        replies.TryTake(out _, out _).Should().BeFalse();
    }

    [Fact]
    public void TryTake_SameWordsAgain_AreTaken()
    {
        DoubtfulReplies replies = default;
        string counted = Messages.A.Replace("012C", "0001", StringComparison.Ordinal);

        replies.Add(1, Parse(Messages.A + OtherA, 2), Doubts.LetterCase);
        replies.Add(2, Parse(OtherA + counted, 2), Doubts.LetterCase);

        replies.TryTake(out _, out _).Should().BeTrue("order and TTL may differ");
    }

    [Theory]
    [InlineData(OtherA, "8180")]
    [InlineData("", "8183")]
    public void TryTake_RepliesThatDiffer_AreNotTaken(string other, string flags)
    {
        DoubtfulReplies replies = default;

        replies.Add(1, Parse(Messages.A), Doubts.Cookie);
        replies.Add(2, Parse(other, flags: flags), Doubts.Cookie);

        replies.TryTake(out _, out _).Should().BeFalse("one of them is forged, and nobody knows which");
    }

    [Theory]
    [InlineData(Doubts.LetterCase, false)]
    [InlineData(Doubts.Cookie, false)]
    [InlineData(Doubts.Remainder, true)]
    public void DropForgeable_AfterAReplyOverTcp_LeavesWhatIsOnlyBroken(object reason, bool expected)
    {
        DoubtfulReplies replies = default;
        replies.Add(1, Parse(Messages.A), (Doubts)reason);

        replies.DropForgeable();

        replies.TryTake(out _, out _).Should().Be(expected);
    }

    [Fact]
    public void TryTake_BrokenReplyOfTheServerBesideOneThatMayBeForged_IsTheServersOwn()
    {
        DoubtfulReplies replies = default;
        Response own = Parse("", flags: "8183");
        replies.Add(1, own, Doubts.Remainder);
        replies.Add(2, Parse(Messages.A), Doubts.LetterCase);

        replies.TryTake(out int tag, out Response? taken).Should().BeTrue("it repeated the letter case");
        (tag, taken).Should().Be((1, own));
        replies.TryTake(out _, out _).Should().BeFalse();
    }

    [Fact]
    public void Add_ForgeableAfterTheyWereDropped_IsRefused()
    {
        DoubtfulReplies replies = default;
        replies.DropForgeable();

        replies.Add(1, Parse(Messages.A), Doubts.Cookie);

        replies.TryTake(out _, out _).Should().BeFalse("TCP has had its say");
    }

    [Fact]
    public void Add_ReplyThatCannotBeRead_LeavesItsReason()
    {
        DoubtfulReplies replies = default;

        replies.Add(1, null, Doubts.LetterCase);

        replies.Reasons.Should().Be(Doubts.LetterCase);
        replies.TryTake(out _, out _).Should().BeFalse();
    }

    private static Response Parse(string answer, int? answers = null, string flags = "8180")
    {
        Response.TryParse(Hex.Decode(Messages.Reply(answer, flags: flags, answers: answers)), "www.test", out Response? response).Should().BeTrue();
        return response!;
    }
}

using StubResolver.Resolution;
using StubResolver.Tests.Wire;
using StubResolver.Wire;

namespace StubResolver.Tests.Resolution;

public class NegativeLifeTests
{
    private const string OtherSoa = "05 6F74686572 00 0006 0001 00000258 0018 C010 C010 00000001 00000002 00000003 00000004 0000003C"; // other.
    private const string BrokenSoa = "C010 0006 0001 0000012C 0000";

    [Theory]
    [InlineData("", Messages.Soa, 60, "the zone above the name")]
    [InlineData(Messages.Soa, "", 60, "the zone above the name, in the wrong section")]
    [InlineData("", "", null, "no zone at all")]
    [InlineData("", OtherSoa, null, "another zone")]
    [InlineData(OtherSoa, "", null, "another zone, in the wrong section")]
    [InlineData(Messages.Soa, OtherSoa, 60, "the right one in the wrong section beside another")]
    [InlineData("", BrokenSoa, null, "a zone that cannot be read")]
    [InlineData(Messages.Soa, BrokenSoa, null, "the authority section has to be whole")]
    public void TryGet_Reply_IsWhatTheZoneOfTheTargetSays(string answer, string authority, int? expected, string because)
    {
        Response.TryParse(Hex.Decode(Messages.Reply(answer, authority, flags: "8183")), "www.test", out Response? response).Should().BeTrue();

        NegativeLife.TryGet(response!, "www.test", out TimeSpan life).Should().Be(expected is not null, because);
        life.Should().Be(TimeSpan.FromSeconds(expected ?? 0));
    }

    [Theory]
    [InlineData("test", true)]
    [InlineData("TEST", true)]
    [InlineData("a.b.test", true)]
    [InlineData("attest", false)]
    [InlineData("other", false)]
    public void TryGet_Target_HasToBeInTheZone(string target, bool expected)
    {
        Response.TryParse(Hex.Decode(Messages.Reply(authority: Messages.Soa, flags: "8183")), "www.test", out Response? response).Should().BeTrue();

        NegativeLife.TryGet(response!, target, out _).Should().Be(expected);
    }
}

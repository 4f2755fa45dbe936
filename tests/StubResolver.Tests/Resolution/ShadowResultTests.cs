using System.Net;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class ShadowResultTests
{
    [Theory]
    [InlineData("192.0.2.1 192.0.2.2", "192.0.2.2 192.0.2.1", ShadowResult.Same)]
    [InlineData("192.0.2.1", "192.0.2.1 192.0.2.2", ShadowResult.OtherAddresses)]
    [InlineData("192.0.2.1", "2001:db8::1", ShadowResult.OtherAddresses)]
    [InlineData("192.0.2.1", "NameNotFound", ShadowResult.OtherOutcome)]
    [InlineData("Timeout", "192.0.2.1", ShadowResult.OtherOutcome)]
    [InlineData("NameNotFound", "NoData", ShadowResult.Same)]
    [InlineData("ServerFailure", "Timeout", ShadowResult.Same)]
    [InlineData("NameNotFound", "ServerFailure", ShadowResult.OtherOutcome)]
    public void Compare_TwoResults_TellsWhatDiffers(string system, string managed, string expected) =>
        Parse(system).Compare(Parse(managed)).Should().Be(expected);

    [Fact]
    public void ToString_AnyResult_CanBeRead()
    {
        Parse("192.0.2.1 2001:db8::1").ToString().Should().Be("192.0.2.1, 2001:db8::1");
        Parse("Timeout").ToString().Should().Be("Timeout");
    }

    private static ShadowResult Parse(string text) => Enum.TryParse(text, out DnsError error)
        ? new ShadowResult(error, [], TimeSpan.Zero)
        : new ShadowResult(null, [.. text.Split(' ').Select(IPAddress.Parse)], TimeSpan.Zero);
}

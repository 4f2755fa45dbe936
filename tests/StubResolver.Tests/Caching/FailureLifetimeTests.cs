using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

public class FailureLifetimeTests
{
    [Theory]
    [InlineData("ServerError", "1 2 4 8 16 30 30")]
    [InlineData("OneFamily", "5 10 20 40 80 160 300 300")]
    [InlineData("NoAnswer", "1 1 1 1")]
    public void GetNext_FailureRepeats_DoublesUpToTheBound(string kind, string expected)
    {
        List<double> lives = [];
        TimeSpan previous = TimeSpan.Zero;
        foreach (string _ in expected.Split(' '))
        {
            previous = FailureLifetime.GetNext(Enum.Parse<FailureKind>(kind), previous, new DnsCacheOptions());
            lives.Add(previous.TotalSeconds);
        }

        string.Join(' ', lives).Should().Be(expected);
    }

    [Theory]
    [InlineData("ServerError")]
    [InlineData("OneFamily")]
    [InlineData("NoAnswer")]
    public void GetNext_FailureTtlZero_IsOff(string kind) =>
        FailureLifetime.GetNext(Enum.Parse<FailureKind>(kind), TimeSpan.FromSeconds(4), new DnsCacheOptions { FailureTtl = TimeSpan.Zero })
            .Should().Be(TimeSpan.Zero);

    [Fact]
    public void GetNext_OptionsSayOtherwise_FollowsThem()
    {
        DnsCacheOptions options = new() { FailureTtl = TimeSpan.FromSeconds(20), MaxFailureTtl = TimeSpan.FromSeconds(30) };

        FailureLifetime.GetNext(FailureKind.ServerError, TimeSpan.Zero, options).Should().Be(TimeSpan.FromSeconds(20));
        FailureLifetime.GetNext(FailureKind.ServerError, TimeSpan.FromSeconds(20), options).Should().Be(TimeSpan.FromSeconds(30));
        FailureLifetime.GetNext(FailureKind.NoAnswer, TimeSpan.Zero, options).Should().Be(TimeSpan.FromSeconds(1));
    }
}

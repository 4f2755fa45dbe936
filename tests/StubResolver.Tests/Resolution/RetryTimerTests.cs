using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class RetryTimerTests
{
    [Theory]
    [InlineData(10, 0, 0, 0.0, 1_000, "nothing is known about the server")]
    [InlineData(10, 2, 0, 0.0, 1_000, "two samples say nothing")]
    [InlineData(10, 3, 0, 0.0, 500, "500 ms are the least")]
    [InlineData(200, 3, 0, 0.0, 1_000, "five times the latency")]
    [InlineData(200, 3, 1, 0.0, 2_000, "doubled each round")]
    [InlineData(200, 3, 2, 0.0, 4_000, "doubled each round")]
    [InlineData(200, 3, 3, 0.0, 5_000, "never over AttemptTimeout")]
    [InlineData(200, 3, 0, 1.0, 1_250, "a quarter of jitter at most")]
    [InlineData(200, 3, 0, 0.5, 1_125, "jitter is even")]
    [InlineData(900, 3, 0, 1.0, 5_000, "jitter does not reach over AttemptTimeout")]
    [InlineData(60_000, 3, 9, 1.0, 5_000, "no overflow")]
    public void GetTimeout_LatencyAndRound_Decide(int latency, int samples, int round, double chance, int expected, string because) =>
        RetryTimer.GetTimeout(TimeSpan.FromMilliseconds(latency), samples, round, TimeSpan.FromSeconds(5), chance)
            .Should().Be(TimeSpan.FromMilliseconds(expected), because);

    [Fact]
    public void GetTimeout_ShortAttemptTimeout_IsTheMost() =>
        RetryTimer.GetTimeout(TimeSpan.Zero, 0, 0, TimeSpan.FromMilliseconds(100), chance: 1).Should().Be(TimeSpan.FromMilliseconds(100));

    [Theory]
    [InlineData(0, 0.0, 100)]
    [InlineData(1, 0.0, 200)]
    [InlineData(2, 0.0, 400)]
    [InlineData(0, 1.0, 125)]
    public void GetPause_AfterARoundOfFailures_Doubles(int round, double chance, int expected) =>
        RetryTimer.GetPause(round, chance).Should().Be(TimeSpan.FromMilliseconds(expected));
}

using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class NameWatchTests
{
    [Theory]
    [InlineData(30, 0.0, 30.05)]
    [InlineData(30, 1.0, 30.5)]
    [InlineData(3600, 1.0, 3600.5)]
    [InlineData(1, 0.0, 5.05)]
    [InlineData(-10, 0.0, 5.05)] // it ended meanwhile, or failed
    [InlineData(1e9, 0.0, 86_400.05)]
    public void GetInterval_Life_IsAtLeastTheShortestAndALittleMore(double life, double chance, double expected) =>
        NameWatch.GetInterval(TimeSpan.FromSeconds(life), TimeSpan.FromSeconds(5), chance).TotalSeconds.Should().BeApproximately(expected, 1e-6);
}

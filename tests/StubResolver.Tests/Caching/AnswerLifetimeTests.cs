using StubResolver.Caching;

namespace StubResolver.Tests.Caching;

public class AnswerLifetimeTests
{
    [Theory]
    [InlineData(0, 0, 86_400, 0)]
    [InlineData(0, 60, 86_400, 0)] // TTL 0 is never kept, whatever MinTtl says
    [InlineData(1, 0, 86_400, 1)]
    [InlineData(1, 60, 86_400, 60)]
    [InlineData(300, 60, 86_400, 300)]
    [InlineData(86_401, 0, 86_400, 86_400)]
    [InlineData(2_147_483_648, 0, 86_400, 86_400)] // RFC 8767 §4: not 0, as RFC 2181 §8 had it
    [InlineData(4_294_967_295, 0, 86_400, 86_400)]
    [InlineData(300, 0, 0, 0)]
    public void OfPositive_Ttl_IsKeptInsideTheBounds(long ttl, int min, int max, int expected)
    {
        DnsCacheOptions options = new() { MinTtl = TimeSpan.FromSeconds(min), MaxTtl = TimeSpan.FromSeconds(max) };

        AnswerLifetime.OfPositive(TimeSpan.FromSeconds(ttl), options).Should().Be(TimeSpan.FromSeconds(expected));
    }

    [Theory]
    [InlineData(true, 60, 60)]
    [InlineData(true, 301, 300)]
    [InlineData(true, 4_294_967_295, 300)]
    [InlineData(true, 0, 0)]
    [InlineData(false, 60, 0)] // RFC 2308 §5
    public void OfNegative_Soa_BoundsTheLife(bool hasSoa, long ttl, int expected) =>
        AnswerLifetime.OfNegative(hasSoa, TimeSpan.FromSeconds(ttl), new DnsCacheOptions { MinTtl = TimeSpan.FromHours(1) })
            .Should().Be(TimeSpan.FromSeconds(expected), "MinTtl is for positive answers");

    [Theory]
    [InlineData(100, 0.1, 0.5, 90.0)]
    [InlineData(100, 0.1, 0.0, 92.0)]
    [InlineData(100, 0.1, 1.0, 88.0)]
    [InlineData(100, 0.9, 1.0, 0.0)] // never more than all of it
    [InlineData(10, 0.1, 0.5, 9.0)]
    [InlineData(9.999, 0.1, 0.5, null)]
    [InlineData(100, 0.0, 0.5, null)]
    public void GetPrefetchStart_Life_IsItsLastShareJittered(double life, double threshold, double chance, double? expected)
    {
        TimeSpan? start = AnswerLifetime.GetPrefetchStart(TimeSpan.FromSeconds(life), threshold, chance);

        start?.TotalSeconds.Should().BeApproximately(expected ?? double.NaN, 1e-6);
        start.HasValue.Should().Be(expected.HasValue);
    }

    [Theory]
    [InlineData(30, 300, true)]
    [InlineData(29.9, 300, false)]
    [InlineData(0, 300, false)]
    [InlineData(-10, 300, false)]
    public void IsPrefetchWorthwhile_Gain_IsATenthOfTheLife(double gained, double life, bool expected) =>
        AnswerLifetime.IsPrefetchWorthwhile(TimeSpan.FromSeconds(gained), TimeSpan.FromSeconds(life)).Should().Be(expected);
}

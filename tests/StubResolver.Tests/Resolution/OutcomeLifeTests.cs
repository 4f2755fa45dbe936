using StubResolver.Caching;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class OutcomeLifeTests
{
    private static readonly DnsCacheOptions s_options = new();

    [Theory]
    [InlineData(null, 300, 300.0)]
    [InlineData(null, 0, 0.0)] // TTL 0 is used, not kept
    [InlineData(DnsError.NoData, 60, 60.0)]
    [InlineData(DnsError.NoData, 0, 5.0)] // not cacheable by itself
    [InlineData(DnsError.NameNotFound, 0, 5.0)]
    [InlineData(DnsError.ServerFailure, 0, 0.0)]
    [InlineData(DnsError.Timeout, 0, 0.0)]
    public void OfPart_Outcome_LivesAsLongAsItCounts(DnsError? error, double life, double expected) =>
        OutcomeLife.OfPart(Create(error, life), now: 0, s_options).Should().Be(TimeSpan.FromSeconds(expected));

    [Fact]
    public void OfPart_UncacheableNegativeAndShorterMaximum_LivesByThat() =>
        OutcomeLife.OfPart(Create(DnsError.NoData, 0), 0, new DnsCacheOptions { MaxNegativeTtl = TimeSpan.FromSeconds(2) }).Should().Be(TimeSpan.FromSeconds(2));

    [Fact]
    public void OfPart_OutcomeOutOfTheCache_LivesForTheRest()
    {
        QuestionOutcome outcome = Create(null, 300);
        outcome.Begin(slot: 1, now: 1000, new CacheLife(TimeSpan.FromSeconds(300)), wallVersion: 0);

        OutcomeLife.OfPart(outcome, 1000 + TimeSpan.FromSeconds(100).Ticks, s_options).Should().Be(TimeSpan.FromSeconds(200));
        OutcomeLife.OfPart(outcome, 1000 + TimeSpan.FromSeconds(301).Ticks, s_options).Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(null, 300, null, 60, 60)]
    [InlineData(DnsError.NoData, 40, null, 60, 40)]
    [InlineData(DnsError.NoData, 0, null, 60, 5)]
    [InlineData(DnsError.ServerFailure, 0, null, 60, 7)] // as long as the failure is remembered
    [InlineData(null, 60, DnsError.Timeout, 0, 7)]
    [InlineData(null, 3, DnsError.Timeout, 0, 3)]
    public void OfFamilies_Pair_LivesAsLongAsTheShorter(DnsError? aaaa, double aaaaLife, DnsError? a, double aLife, double expected) =>
        OutcomeLife.OfFamilies(new FamilyOutcomes(Create(aaaa, aaaaLife), Create(a, aLife)), TimeSpan.FromSeconds(7), 0, s_options)
            .Should().Be(TimeSpan.FromSeconds(expected));

    [Theory]
    [InlineData(40, 60, 40)]
    [InlineData(60, 40, 40)]
    [InlineData(0, 60, 0)] // one of them is not cacheable
    public void OfNegatives_Pair_LivesAsLongAsTheShorter(double aaaaLife, double aLife, double expected) =>
        OutcomeLife.OfNegatives(new FamilyOutcomes(Create(DnsError.NoData, aaaaLife), Create(DnsError.NoData, aLife)), 0)
            .Should().Be(TimeSpan.FromSeconds(expected));

    [Fact]
    public void OfNegatives_OneFamilyAsked_LivesAsLongAsIt() =>
        OutcomeLife.OfNegatives(new FamilyOutcomes(null, Create(DnsError.NoData, 60)), 0).Should().Be(TimeSpan.FromSeconds(60));

    private static QuestionOutcome Create(DnsError? error, double life) =>
        new() { Name = "a.test", Type = DnsRecordType.A, Error = error, Life = TimeSpan.FromSeconds(life) };
}

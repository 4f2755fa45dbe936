using StubResolver.Caching;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class StaleAddressesTests
{
    // What is kept of a family: nothing, addresses that count or are past their life, or that it has none.
    [Theory]
    [InlineData("-", "-", false, false)]
    [InlineData("past", "-", false, true)]
    [InlineData("-", "past", false, true)]
    [InlineData("past", "past", false, true)]
    [InlineData("none", "past", false, true)]
    [InlineData("fresh", "fresh", false, true)]
    [InlineData("none", "-", false, false)]
    [InlineData("none", "none", false, false)]
    [InlineData("past", "-", true, false)]
    [InlineData("none", "past", true, true)]
    [InlineData("past", "fresh", true, true)]
    [InlineData("no name", "past", true, false)]
    [InlineData("no name", "past", false, true)]
    public void HasAnswer_Kept_WhereALookupWouldSucceedWithIt(string aaaa, string a, bool needsBoth, bool expected) =>
        StaleAddresses.HasAnswer(new FamilyOutcomes(Create(aaaa), Create(a)), needsBoth).Should().Be(expected);

    [Theory]
    [InlineData("none", "none", true, true, true)]
    [InlineData("no name", "none", true, true, true)]
    [InlineData("none", "-", true, true, false)]
    [InlineData("none", "-", true, false, true)]
    [InlineData("-", "none", false, true, true)]
    [InlineData("-", "-", true, true, false)]
    [InlineData("none", "past", true, true, false)]
    public void HasNothing_Kept_OnlyWhereBothWantedFamiliesSaySo(string aaaa, string a, bool wantsAaaa, bool wantsA, bool expected) =>
        StaleAddresses.HasNothing(new FamilyOutcomes(Create(aaaa), Create(a)), wantsAaaa, wantsA).Should().Be(expected);

    [Theory]
    [InlineData("fresh", "fresh", null)]
    [InlineData("past", "past", "aaaa")]
    [InlineData("past", "fresh", "aaaa")]
    [InlineData("past", "-", "aaaa")]
    [InlineData("fresh", "past", "a")]
    [InlineData("none", "past", "a")]
    [InlineData("-", "past", "a")]
    [InlineData("-", "fresh", null)]
    public void FindPast_Kept_FirstFamilyWhoseTimeIsOver(string aaaa, string a, string? expected)
    {
        FamilyOutcomes kept = new(Create(aaaa), Create(a));

        StaleAddresses.FindPast(kept, now: 1000).Should().BeSameAs(expected switch { "aaaa" => kept.Aaaa, "a" => kept.A, _ => null });
    }

    private static QuestionOutcome? Create(string kept)
    {
        if (kept == "-")
        {
            return null;
        }

        DnsError? error = kept switch { "none" => DnsError.NoData, "no name" => DnsError.NameNotFound, _ => null };
        QuestionOutcome outcome = new() { Name = "a.test", Type = DnsRecordType.A, Error = error };
        outcome.Begin(slot: 1, now: 0, new CacheLife(TimeSpan.FromTicks(kept == "past" ? 1000 : 1001)), wallVersion: 0);
        return outcome;
    }
}

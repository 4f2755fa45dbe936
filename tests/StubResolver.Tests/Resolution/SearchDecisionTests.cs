using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class SearchDecisionTests
{
    [Theory]
    [InlineData(null, true, 1, "Answer")]
    [InlineData(null, false, 0, "Answer")]
    [InlineData(DnsError.NoData, true, 1, "NextCandidate")]
    [InlineData(DnsError.NoData, false, 1, "NextCandidate")]
    [InlineData(DnsError.NameNotFound, true, 0, "NextCandidate")]
    [InlineData(DnsError.NameNotFound, false, 2, "NextCandidate")]
    [InlineData(DnsError.ServerFailure, true, 1, "NextCandidate")]
    [InlineData(DnsError.Refused, true, 1, "NextCandidate")]
    [InlineData(DnsError.NetworkError, true, 1, "NextCandidate")]
    [InlineData(DnsError.MalformedResponse, true, 1, "NextCandidate")]
    [InlineData(DnsError.Timeout, true, 0, "AsTyped")]
    [InlineData(DnsError.Timeout, false, 0, "AsTyped")]
    [InlineData(DnsError.ServerFailure, false, 1, "AsTyped")]
    [InlineData(DnsError.Refused, false, 2, "AsTyped")]
    [InlineData(DnsError.Refused, false, 0, "NextCandidate")]
    [InlineData(DnsError.ServerFailure, false, 0, "NextCandidate")]
    public void GetNext_OutcomeOfACandidate_Decides(DnsError? error, bool isSuffixed, int dots, string expected) =>
        SearchDecision.GetNext(error, isSuffixed, dots).ToString().Should().Be(expected);

    [Theory]
    [InlineData("suffix NoData, typed NameNotFound", "suffix NoData")]
    [InlineData("suffix NameNotFound, typed NoData", "typed NoData")]
    [InlineData("suffix ServerFailure, typed NoData", "typed NoData")]
    [InlineData("suffix NameNotFound, typed NameNotFound", "suffix NameNotFound")]
    [InlineData("suffix ServerFailure, typed NameNotFound", "suffix ServerFailure")]
    [InlineData("suffix Timeout, typed NameNotFound", "suffix Timeout")]
    [InlineData("suffix NetworkError, typed NameNotFound", "suffix NetworkError")]
    [InlineData("suffix MalformedResponse, typed NameNotFound", "suffix MalformedResponse")]
    [InlineData("suffix Refused, typed NameNotFound", "typed NameNotFound")]
    [InlineData("suffix Refused, suffix NameNotFound, typed NameNotFound", "suffix NameNotFound")]
    [InlineData("suffix Refused, typed Refused", "typed Refused")]
    [InlineData("suffix Refused, typed ServerFailure", "typed ServerFailure")]
    [InlineData("suffix Refused, suffix ServerFailure, typed NameNotFound", "suffix ServerFailure")]
    [InlineData("typed NameNotFound, suffix ServerFailure", "typed NameNotFound")]
    [InlineData("typed NameNotFound, suffix Timeout", "typed NameNotFound")]
    [InlineData("typed NameNotFound, suffix Refused", "typed NameNotFound")]
    [InlineData("typed NameNotFound, suffix NetworkError", "typed NameNotFound")]
    [InlineData("typed NameNotFound, suffix MalformedResponse", "typed NameNotFound")]
    [InlineData("typed NameNotFound, suffix NoData", "suffix NoData")]
    [InlineData("typed Refused, suffix NameNotFound", "typed Refused")]
    public void GetRank_OutcomesInOrder_LowestIsTheLastWord(string outcomes, string expected)
    {
        string[] order = outcomes.Split(", ");
        bool isTypedFirst = order[0].StartsWith("typed", StringComparison.Ordinal);

        string lastWord = order.MinBy(outcome => Rank(outcome, isTypedFirst))!;

        lastWord.Should().Be(expected);
    }

    [Theory]
    [InlineData(DnsError.Refused, 0, true, true)]
    [InlineData(DnsError.ServerFailure, 0, true, true)]
    [InlineData(DnsError.Refused, 1, true, false)]
    [InlineData(DnsError.Refused, 0, false, false)]
    [InlineData(DnsError.Timeout, 0, true, false)]
    public void IsUnknownSingleLabel_RefusedAfterOnlyNameNotFound_IsNone(DnsError asTyped, int dots, bool hadOnlyNameNotFound, bool expected) =>
        SearchDecision.IsUnknownSingleLabel(asTyped, dots, hadOnlyNameNotFound).Should().Be(expected);

    private static int Rank(string outcome, bool isTypedFirst) =>
        SearchDecision.GetRank(Enum.Parse<DnsError>(outcome.Split(' ')[1]), outcome.StartsWith("suffix", StringComparison.Ordinal), isTypedFirst);
}

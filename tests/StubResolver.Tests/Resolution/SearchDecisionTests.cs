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
    [InlineData(DnsError.NoData, DnsError.NameNotFound, true)]
    [InlineData(DnsError.NoData, DnsError.ServerFailure, true)]
    [InlineData(DnsError.ServerFailure, DnsError.NameNotFound, true)]
    [InlineData(DnsError.Timeout, DnsError.NameNotFound, true)]
    [InlineData(DnsError.NameNotFound, DnsError.NoData, false)]
    [InlineData(DnsError.NameNotFound, DnsError.NameNotFound, false)]
    [InlineData(DnsError.Refused, DnsError.ServerFailure, false)]
    public void Outranks_NoDataThenFailureThenNameNotFound(DnsError candidate, DnsError known, bool expected) =>
        SearchDecision.Outranks(candidate, known).Should().Be(expected);

    [Theory]
    [InlineData(DnsError.Refused, 0, true, true)]
    [InlineData(DnsError.ServerFailure, 0, true, true)]
    [InlineData(DnsError.Refused, 1, true, false)]
    [InlineData(DnsError.Refused, 0, false, false)]
    [InlineData(DnsError.Timeout, 0, true, false)]
    public void IsUnknownSingleLabel_RefusedAfterOnlyNameNotFound_IsNone(DnsError asTyped, int dots, bool hadOnlyNameNotFound, bool expected) =>
        SearchDecision.IsUnknownSingleLabel(asTyped, dots, hadOnlyNameNotFound).Should().Be(expected);
}

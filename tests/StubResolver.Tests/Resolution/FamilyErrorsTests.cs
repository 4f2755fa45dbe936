using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class FamilyErrorsTests
{
    private static readonly DnsError[] s_transientByRank =
        [DnsError.Timeout, DnsError.ServerFailure, DnsError.Refused, DnsError.NetworkError, DnsError.MalformedResponse];

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(DnsError.NoData, null, null)]
    [InlineData(DnsError.NameNotFound, null, null)]
    [InlineData(null, DnsError.Timeout, null)]
    [InlineData(DnsError.NoData, DnsError.NoData, DnsError.NoData)]
    [InlineData(DnsError.NoData, DnsError.NameNotFound, DnsError.NoData)]
    [InlineData(DnsError.NameNotFound, DnsError.NoData, DnsError.NoData)]
    [InlineData(DnsError.NameNotFound, DnsError.NameNotFound, DnsError.NameNotFound)]
    [InlineData(DnsError.NameNotFound, DnsError.ServerFailure, DnsError.ServerFailure)]
    [InlineData(DnsError.Refused, DnsError.NoData, DnsError.Refused)]
    public void Combine_TwoFamilies_MakeOneError(DnsError? aaaa, DnsError? a, DnsError? expected) =>
        FamilyErrors.Combine(aaaa, a, requiresBoth: false).Should().Be(expected);

    [Fact]
    public void Combine_TwoTransientErrors_TheFirstOfTheOrderWins()
    {
        for (int i = 0; i < s_transientByRank.Length; i++)
        {
            for (int j = 0; j < s_transientByRank.Length; j++)
            {
                FamilyErrors.Combine(s_transientByRank[i], s_transientByRank[j], requiresBoth: false)
                    .Should().Be(s_transientByRank[Math.Min(i, j)], $"{s_transientByRank[i]} meets {s_transientByRank[j]}");
            }
        }
    }

    [Theory]
    [InlineData(null, DnsError.ServerFailure, DnsError.ServerFailure)]
    [InlineData(DnsError.Timeout, null, DnsError.Timeout)]
    [InlineData(DnsError.NameNotFound, null, DnsError.NameNotFound)]
    [InlineData(DnsError.NoData, null, null)]
    [InlineData(null, null, null)]
    public void Combine_BothRequired_OneFailureIsTheLookups(DnsError? aaaa, DnsError? a, DnsError? expected) =>
        FamilyErrors.Combine(aaaa, a, requiresBoth: true).Should().Be(expected);

    [Theory]
    [InlineData(null, false)]
    [InlineData(DnsError.NoData, false)]
    [InlineData(DnsError.NameNotFound, true)]
    [InlineData(DnsError.Timeout, true)]
    public void IsFailure_AnythingButNoData_IsTold(DnsError? error, bool expected) => FamilyErrors.IsFailure(error).Should().Be(expected);
}

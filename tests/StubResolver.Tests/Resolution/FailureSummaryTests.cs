using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public sealed class FailureSummaryTests
{
    [Theory]
    [InlineData("", false, DnsError.Timeout)]
    [InlineData("", true, DnsError.Timeout)]
    [InlineData("NetworkError", false, DnsError.NetworkError)]
    [InlineData("NetworkError", true, DnsError.Timeout)]
    [InlineData("Refused ServerFailure", false, DnsError.ServerFailure)]
    [InlineData("MalformedResponse Refused", true, DnsError.Refused)]
    [InlineData("NetworkError MalformedResponse", false, DnsError.MalformedResponse)]
    [InlineData("ServerFailure", true, DnsError.ServerFailure)]
    public void ToResult_WhatServersSaid_OutranksSilence(string errors, bool hasSilentServer, DnsError expected)
    {
        FailureSummary summary = default;
        foreach (string error in errors.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            summary.Add(Enum.Parse<DnsError>(error));
        }

        summary.ToResult(hasSilentServer).Error.Should().Be(expected);
    }

    [Theory]
    [InlineData("lame lame", false, DnsError.NoData)]
    [InlineData("lame", true, DnsError.ServerFailure)]
    [InlineData("lame other", false, DnsError.ServerFailure)]
    [InlineData("other lame", false, DnsError.ServerFailure)]
    public void ToResult_EveryServerLame_IsNoData(string replies, bool hasSilentServer, DnsError expected)
    {
        FailureSummary summary = default;
        foreach (string reply in replies.Split(' '))
        {
            summary.Add(DnsError.ServerFailure, isLame: reply == "lame");
        }

        summary.ToResult(hasSilentServer).Error.Should().Be(expected);
    }
}

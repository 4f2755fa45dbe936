using System.Net;
using System.Net.Sockets;
using StubResolver.Caching;
using StubResolver.Resolution;

namespace StubResolver.Tests.Resolution;

public class FailureMemoryTests
{
    [Theory]
    [InlineData(DnsError.ServerFailure, false, "ServerError")]
    [InlineData(DnsError.Refused, false, "ServerError")]
    [InlineData(DnsError.MalformedResponse, false, "ServerError")]
    [InlineData(DnsError.ServerFailure, true, "ServerError")] // it was said after the wait
    [InlineData(DnsError.Timeout, false, "NoAnswer")]
    [InlineData(DnsError.Timeout, true, null)] // the wait for others cut the time short
    [InlineData(DnsError.NoData, false, null)]
    [InlineData(DnsError.NameNotFound, false, null)]
    [InlineData(null, false, null)]
    public void Classify_Outcome_TellsWhatIsRemembered(DnsError? error, bool waitedForSlot, string? expected) =>
        FailureMemory.Classify(Create(error, waitedForSlot))?.ToString().Should().Be(expected);

    [Theory]
    [InlineData(SocketError.ConnectionRefused, "NoAnswer")]
    [InlineData(SocketError.ConnectionReset, "NoAnswer")]
    [InlineData(SocketError.NetworkUnreachable, null)]
    [InlineData(SocketError.NetworkDown, null)]
    [InlineData(SocketError.TooManyOpenSockets, null)]
    public void Classify_NetworkError_RemembersOnlyThoseOfTheServer(SocketError error, string? expected) =>
        FailureMemory.Classify(Create(DnsError.NetworkError, attempts: [Attempt(SocketError.ConnectionRefused), Attempt(error)]))?.ToString().Should().Be(expected);

    [Fact]
    public void Holds_NoAnswer_UntilAnyReply()
    {
        FailureItem failure = new(Create(DnsError.Timeout), FailureKind.NoAnswer, TimeSpan.FromSeconds(1), null, replyCount: 7);

        failure.Holds(7).Should().BeTrue();
        failure.Holds(8).Should().BeFalse();
    }

    [Fact]
    public void Holds_ServerError_WhateverIsReplied() =>
        new FailureItem(Create(DnsError.ServerFailure), FailureKind.ServerError, TimeSpan.FromSeconds(1), null, replyCount: 7).Holds(8).Should().BeTrue();

    [Fact]
    public void GetLife_FailureOfOtherKindInBetween_KeepsTheBackOff()
    {
        FailureItem server = new(Create(DnsError.ServerFailure), FailureKind.ServerError, TimeSpan.FromSeconds(4), null, 0);
        FailureItem family = new(Create(DnsError.ServerFailure), FailureKind.OneFamily, TimeSpan.FromSeconds(5), server, 0);
        FailureItem silent = new(Create(DnsError.Timeout), FailureKind.NoAnswer, TimeSpan.FromSeconds(1), family, 0);

        silent.GetLife(FailureKind.ServerError).Should().Be(TimeSpan.FromSeconds(4));
        silent.GetLife(FailureKind.OneFamily).Should().Be(TimeSpan.FromSeconds(5));
        silent.GetLife(FailureKind.NoAnswer).Should().Be(TimeSpan.Zero, "it does not grow");
    }

    private static QuestionOutcome Create(DnsError? error, bool waitedForSlot = false, params DnsAttempt[] attempts) =>
        new() { Name = "a.test", Type = DnsRecordType.A, Error = error, WaitedForSlot = waitedForSlot, Attempts = attempts };

    private static DnsAttempt Attempt(SocketError error) =>
        new("a.test", DnsRecordType.A, IPAddress.Loopback, DnsProtocol.Udp, TimeSpan.Zero) { DnsError = DnsError.NetworkError, SocketError = error };
}

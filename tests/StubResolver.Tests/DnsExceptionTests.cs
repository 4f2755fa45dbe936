using System.Net;
using System.Net.Sockets;

namespace StubResolver.Tests;

public sealed class DnsExceptionTests
{
    [Theory]
    [InlineData(DnsError.Unknown, SocketError.TryAgain, false)]
    [InlineData(DnsError.NameNotFound, SocketError.HostNotFound, false)]
    [InlineData(DnsError.NoData, SocketError.HostNotFound, false)]
    [InlineData(DnsError.Timeout, SocketError.TryAgain, true)]
    [InlineData(DnsError.NetworkError, SocketError.TryAgain, true)]
    [InlineData(DnsError.ServerFailure, SocketError.TryAgain, true)]
    [InlineData(DnsError.Refused, SocketError.TryAgain, true)]
    [InlineData(DnsError.MalformedResponse, SocketError.TryAgain, true)]
    [InlineData(DnsError.NameNotAllowed, SocketError.AccessDenied, false)]
    public void Constructor_Error_DecidesSocketErrorAndTransience(DnsError error, SocketError socketError, bool isTransient)
    {
        DnsException exception = new(error, "a.test");

        (exception.DnsError, exception.SocketErrorCode, exception.IsTransient, exception.Name).Should().Be((error, socketError, isTransient, "a.test"));
        exception.Message.Should().Contain("'a.test'");
        exception.Attempts.Should().BeEmpty();
        exception.ExtendedErrors.Should().BeEmpty();
        exception.ResponseCode.Should().BeNull();
    }

    [Fact]
    public void Constructor_Null_Throws()
    {
        Action name = () => _ = new DnsException(DnsError.Timeout, null!);
        Action attempts = () => _ = new DnsException(DnsError.Timeout, "a.test") { Attempts = null! };
        Action errors = () => _ = new DnsException(DnsError.Timeout, "a.test") { ExtendedErrors = null! };

        name.Should().Throw<ArgumentNullException>();
        attempts.Should().Throw<ArgumentNullException>();
        errors.Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void ToString_IsTheReport()
    {
        DnsServer server = new(IPEndPoint.Parse("192.0.2.53:53"));
        DnsException exception = new(DnsError.ServerFailure, "a.test", "It failed.")
        {
            Attempts =
            [
                new DnsAttempt("a.test", DnsRecordType.Aaaa, server, DnsProtocol.Udp, TimeSpan.FromMilliseconds(12.34)) { ResponseCode = DnsResponseCode.NoError },
                new DnsAttempt("a.test", DnsRecordType.A, server, DnsProtocol.Tcp, TimeSpan.FromSeconds(5)) { DnsError = DnsError.Timeout },
            ],
            ExtendedErrors = [new DnsExtendedError(22, "no luck")],
        };

        string[] lines = exception.ToString().ReplaceLineEndings("\n").Split('\n');

        lines[0].Should().Be("StubResolver.DnsException (ServerFailure): It failed.");
        lines[1].Should().Be("  192.0.2.53:53 UDP AAAA a.test: NoError (12.3 ms)");
        lines[2].Should().Be("  192.0.2.53:53 TCP A a.test: Timeout (5000.0 ms)");
        lines[3].Should().Contain("22").And.Contain("no luck");
        lines.Should().HaveCount(4);
    }

    [Fact]
    public void ToString_RememberedWithACause_SaysBoth()
    {
        DnsException exception = new(DnsError.ServerFailure, "a.test", "It failed.")
        {
            IsFromCache = true,
            Age = TimeSpan.FromMilliseconds(1250),
            Attempts = [new DnsAttempt("a.test", DnsRecordType.A, DnsServer.Parse("192.0.2.53"), DnsProtocol.Udp, TimeSpan.Zero) { DnsError = DnsError.Refused }],
            Cause = new ArgumentException("Why."),
        };

        string[] lines = exception.ToString().ReplaceLineEndings("\n").Split('\n');

        lines.Should().Equal(
            "StubResolver.DnsException (ServerFailure): It failed.",
            "  Remembered for 1.3 s: nothing was sent; what was sent then:",
            "  192.0.2.53:53 UDP A a.test: Refused (0.0 ms)",
            " ---> System.ArgumentException: Why.");
    }

    [Theory]
    [InlineData(0, "Other")]
    [InlineData(6, "DNSSEC Bogus")]
    [InlineData(18, "Prohibited")]
    [InlineData(20, "Not Authoritative")]
    [InlineData(24, "Invalid Data")]
    [InlineData(25, "Signature Expired before Valid")]
    [InlineData(30, "Invalid Query Type")]
    [InlineData(4000, null)]
    [InlineData(65535, null)]
    public void ExtendedError_Code_HasItsName(int code, string? expected)
    {
        DnsExtendedError error = new(code, "because");

        error.Meaning.Should().Be(expected);
        error.ToString().Should().Be(expected is null ? $"EDE {code}: because" : $"EDE {code} ({expected}): because");
    }

    [Fact]
    public void ToString_Thrown_EndsWithTheStackTrace()
    {
        Action act = () => throw new DnsException(DnsError.Timeout, "a.test");

        act.Should().Throw<DnsException>().Which.ToString().Should().Contain(nameof(ToString_Thrown_EndsWithTheStackTrace));
    }

    [Theory]
    [InlineData(null, DnsResponseCode.NxDomain, null, "NxDomain")]
    [InlineData(null, null, null, "answered")]
    [InlineData(DnsError.NetworkError, null, SocketError.ConnectionRefused, "NetworkError (ConnectionRefused)")]
    [InlineData(DnsError.ServerFailure, DnsResponseCode.ServerFailure, null, "ServerFailure")]
    [InlineData(DnsError.Refused, DnsResponseCode.Refused, null, "Refused")]
    [InlineData(DnsError.ServerFailure, DnsResponseCode.NotImplemented, null, "ServerFailure (NotImplemented)")]
    [InlineData(DnsError.MalformedResponse, DnsResponseCode.NoError, null, "MalformedResponse")]
    public void Attempt_ToString_SaysWhatBecameOfIt(DnsError? error, DnsResponseCode? code, SocketError? socketError, string expected)
    {
        DnsAttempt attempt = new("a.test", (DnsRecordType)999, DnsServer.Parse("tcp://192.0.2.53"), DnsProtocol.Tcp, TimeSpan.FromMilliseconds(1))
        {
            DnsError = error, ResponseCode = code, SocketError = socketError,
        };

        attempt.ToString().Should().Be($"tcp://192.0.2.53:53 TCP TYPE999 a.test: {expected} (1.0 ms)");
    }
}

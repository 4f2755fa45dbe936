using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What servers say about their failures reaches the caller (RFC 6891 §6.1.3, RFC 8914).</summary>
public sealed class ExtendedErrorTests : ScenarioTestBase
{
    [Fact]
    public async Task ResolveAddressesAsync_ServerFailureWithReason_TellsTheReasonAndAsksNobodyAgain()
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (_, response) => response.Code(DnsResponseCode.ServerFailure).ExtendedError(6, "signature expired"));
        DnsResolver resolver = CreateResolver(server);

        DnsException failure = (await FluentActions.Awaiting(() => resolver.ResolveAddressesAsync("a.test").AsTask().WaitAsync(Guard))
            .Should().ThrowAsync<DnsException>()).Which;

        failure.DnsError.Should().Be(DnsError.ServerFailure);
        failure.ExtendedErrors.Should().ContainSingle("both families say the same").Which.Should().Be(new DnsExtendedError(6, "signature expired"));
        failure.ToString().Should().Contain("signature expired");
        server.Queries.Should().HaveCount(2, "one for AAAA and one for A: what DNSSEC says does not change by asking again");
    }

    [Theory]
    [InlineData(16)]
    [InlineData(22)]
    [InlineData(3841)]
    public async Task QueryAsync_ExtendedCode_IsReadWithAllItsBits(int code)
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (_, response) => response.Code((DnsResponseCode)code));
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.Attempts = 1;
                options.UseCookies = false;
            },
            server);

        DnsException failure = (await FluentActions.Awaiting(() => resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard))
            .Should().ThrowAsync<DnsException>()).Which;

        failure.ResponseCode.Should().Be((DnsResponseCode)code);
        failure.Attempts[0].ResponseCode.Should().Be((DnsResponseCode)code);
    }

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure)]
    [InlineData(DnsResponseCode.Refused)]
    [InlineData(DnsResponseCode.FormatError)]
    [InlineData(DnsResponseCode.NotImplemented)]
    public async Task QueryAsync_ErrorWithoutQuestion_CountsAsAReply(DnsResponseCode code)
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (_, response) => response.Code(code).NoQuestion());
        DnsTestServer other = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(server, other);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Server!.EndPoint.Should().Be(other.EndPoint, "the first server said that it cannot answer");
    }
}

using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>A transmission listens until its question ends.</summary>
public sealed class LateReplyTests : ScenarioTestBase
{
    private readonly TaskCompletionSource _late = new();

    [Fact]
    public async Task QueryAsync_ReplyToAnEarlierTransmission_Wins()
    {
        DnsTestServer first = StartServer().AddAddress("a.test", "192.0.2.1");
        first.On("a.test", (_, response) => response.DelayUntil(_late.Task));
        DnsTestServer second = StartSilentServer();
        DnsResolver resolver = CreateResolver(first, second);

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await first.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1.25));
        await second.WaitForQueriesAsync(1).WaitAsync(Guard);
        _late.SetResult();
        DnsAnswer<DnsRecord> answer = await query.WaitAsync(Guard);

        answer.Server!.EndPoint.Should().Be(first.EndPoint);
        answer.Records.Should().ContainSingle();
        resolver.Pipeline.Engine.Context.Servers[0].Latency.Should().Be((TimeSpan.FromSeconds(1.25), 1), "it is measured from its own transmission");
    }

    [Theory]
    [InlineData(DnsResponseCode.ServerFailure)]
    [InlineData(DnsResponseCode.Refused)]
    [InlineData(DnsResponseCode.NotImplemented)]
    public async Task QueryAsync_ErrorReply_EndsItsOwnTransmissionOnly(DnsResponseCode code)
    {
        DnsTestServer first = StartServer().AddAddress("a.test", "192.0.2.1");
        first.On("a.test", (_, response) => response.DelayUntil(_late.Task));
        DnsTestServer second = StartServer();
        second.On("a.test", (_, response) => response.Code(code));
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, first, second);

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await first.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1.25));
        await second.WaitForQueriesAsync(1).WaitAsync(Guard);
        _late.SetResult();
        DnsAnswer<DnsRecord> answer = await query.WaitAsync(Guard);

        answer.Server!.EndPoint.Should().Be(first.EndPoint);
        answer.Records.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_DuplicateReplies_CountOnce()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1").AddAddress("b.test", "192.0.2.2");
        server.On("a.test", (_, response) => response.SendThen(_ => { }).SendThen(_ => { }));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> a = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);
        DnsAnswer<DnsRecord> b = await resolver.QueryAsync("b.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        (a.Records[0].ToString(), b.Records[0].ToString()).Should().Match<(string A, string B)>(
            pair => pair.A.EndsWith("192.0.2.1", StringComparison.Ordinal) && pair.B.EndsWith("192.0.2.2", StringComparison.Ordinal));
    }
}

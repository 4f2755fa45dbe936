using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What one question sends to a server that does not answer.</summary>
public sealed class SilentUdpTests : ScenarioTestBase
{
    [Fact]
    public async Task QueryAsync_SilentServer_OpensAtMostFourSocketsForIt()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateResolver(options => options.Attempts = 3, server);

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1.25));
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(2.5));
        await server.WaitForQueriesAsync(4).WaitAsync(Guard);
        Func<Task> act = () => AdvanceUntilEndAsync(query, TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
        DnsException failure = (await act.Should().ThrowAsync<DnsException>()).Which;

        failure.Attempts.Select(attempt => attempt.Protocol).Should().BeEquivalentTo([DnsProtocol.Udp, DnsProtocol.Udp, DnsProtocol.Udp, DnsProtocol.Tcp]);
        IEnumerable<DnsTestQuery> datagrams = server.Queries.Where(sent => sent.Protocol == DnsProtocol.Udp);
        datagrams.Should().HaveCount(3);
        datagrams.Select(sent => sent.Source.Port).Should().OnlyHaveUniqueItems("each transmission has a port of its own");
        datagrams.Select(sent => sent.Id).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task QueryAsync_OnlyTcpIsAnswered_GetsTheAnswerInTheThirdRound()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        server.On("a.test", (query, response) =>
        {
            if (query.Protocol == DnsProtocol.Udp)
            {
                response.Drop();
            }
        });
        DnsResolver resolver = CreateResolver(server);

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1.25));
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(2.5));

        (await query.WaitAsync(Guard)).Records.Should().ContainSingle();
    }
}

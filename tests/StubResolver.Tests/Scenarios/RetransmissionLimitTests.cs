using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>A server in trouble is not flooded: retransmissions draw on a bucket of 100, and 10 more a second.</summary>
public sealed class RetransmissionLimitTests : ScenarioTestBase
{
    private const int Names = 130;

    [Fact]
    public async Task QueryAsync_ManyNamesAndASilentServer_OnlyAHundredAreSentAgainAtOnce()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateResolver(options => options.MaxConcurrentQueries = Names, server);
        using CancellationTokenSource leaving = new();
        Task[] queries = [.. Enumerable.Range(0, Names).Select(i => resolver.QueryAsync($"n{i}.test", DnsRecordType.A, leaving.Token).AsTask())];
        await server.WaitForQueriesAsync(Names).WaitAsync(Guard);

        Time.Advance(TimeSpan.FromSeconds(1.25)); // every first try is over
        await server.WaitForQueriesAsync(Names + 100).WaitAsync(Guard);
        await SettleAsync();

        server.Queries.Count.Should().BeInRange(Names + 100, Names + 113, "those for whom nothing is left keep waiting for what they sent");
        await leaving.CancelAsync();
        await Task.WhenAll(queries).Awaiting(all => all.WaitAsync(Guard)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task QueryAsync_NothingCanBeSentAndNoRetransmissionIsLeft_FailsWithoutWaiting()
    {
        DnsServer server = DnsServer.Parse("192.0.2.53");
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.Servers = [server];
                options.MaxConcurrentQueries = Names;
            },
            new FailingTransport(Time, SocketError.TooManyOpenSockets, server));
        Task<DnsAnswer<DnsRecord>>[] queries = [.. Enumerable.Range(0, Names).Select(i => resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask())];

        Task all = Task.WhenAll(queries);
        await AdvanceUntilAsync(() => all.IsCompleted, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1)); // the pauses between the rounds

        all.IsFaulted.Should().BeTrue("nothing is outstanding that could still be answered");
        queries.Select(query => query.Exception!.InnerException).Should().AllBeOfType<DnsException>()
            .And.OnlyContain(exception => ((DnsException)exception!).DnsError == DnsError.NetworkError);
    }
}

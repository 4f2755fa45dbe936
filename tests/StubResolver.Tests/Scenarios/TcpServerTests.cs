using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Servers that are only asked over TCP: one connection, and one entry in connection tracking, for all queries.</summary>
public sealed class TcpServerTests : ScenarioTestBase
{
    [Fact]
    public async Task ResolveAddressesAsync_TcpServer_UsesOneConnectionAndNoUdp()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1").AddAddress("a.test", "2001:db8::1");
        DnsResolver resolver = CreateTcpResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("a.test").AsTask().WaitAsync(Guard);

        answer.Records.Should().HaveCount(2);
        server.Queries.Select(query => (query.Type, query.Protocol, query.Connection)).Should().Equal(
            (DnsRecordType.Aaaa, DnsProtocol.Tcp, 1), (DnsRecordType.A, DnsProtocol.Tcp, 1));
    }

    [Fact]
    public async Task QueryAsync_ManyAtOnceAndOneSlow_NoneIsLostOrCrossed()
    {
        const int Count = 400;
        TaskCompletionSource slow = new();
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) => response.AddAddress(AddressOf(query.Name)).DelayUntil(query.Name == "n0.test" ? slow.Task : Task.CompletedTask));
        DnsResolver resolver = CreateTcpResolver(server);

        Task<DnsAnswer<DnsRecord>>[] queries =
            [.. Enumerable.Range(0, Count).Select(i => resolver.QueryAsync($"n{i}.test", DnsRecordType.A).AsTask())];
        DnsAnswer<DnsRecord>[] others = await Task.WhenAll(queries[1..]).WaitAsync(Guard);
        queries[0].IsCompleted.Should().BeFalse("only the slow one is held up");
        slow.SetResult();
        await queries[0].WaitAsync(Guard);

        others.Should().OnlyContain(answer => ((DnsAddressRecord)answer.Records[0]).Address.ToString() == AddressOf(answer.Name));
        server.ConnectionCount.Should().BeLessThanOrEqualTo(4);
    }

    [Fact]
    public async Task QueryAsync_ServerHangsAfterAccept_MovesToAnotherConnectionAfterOneTry()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        server.On("a.test", (query, response) =>
        {
            if (query.Connection == 1)
            {
                response.Drop();
            }
        });
        DnsResolver resolver = CreateTcpResolver(server);

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1.25));

        (await query.WaitAsync(Guard)).Records.Should().ContainSingle();
        server.Queries.Select(sent => sent.Connection).Should().Equal(1, 2);
        await server.WaitForOpenConnectionsAsync(1).WaitAsync(Guard);
    }

    [Fact]
    public async Task QueryAsync_ConnectionClosedUnanswered_IsAskedAgainWithoutPenalty()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        server.On("a.test", (query, response) =>
        {
            if (query.Attempt <= 3)
            {
                response.Close();
            }
        });
        DnsTestServer second = StartServer();
        DnsResolver resolver = CreateResolver(options => options.Servers =
        [
            new DnsServer(server.EndPoint, DnsProtocol.Tcp), new DnsServer(second.EndPoint, DnsProtocol.Tcp),
        ]);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        server.Queries.Select(query => query.Connection).Should().Equal(1, 2, 3, 4);
        second.Queries.Should().BeEmpty();
        resolver.Pipeline.Engine.Context.Servers[0].Badness.Should().Be(0);
        resolver.Pipeline.Engine.Context.Servers[0].Latency.Samples.Should().Be(1);
    }

    [Fact]
    public async Task QueryAsync_CallerLeaves_TheOthersGetTheirAnswers()
    {
        TaskCompletionSource gate = new();
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1").AddAddress("b.test", "192.0.2.2");
        server.OnAnyQuery((_, response) => response.DelayUntil(gate.Task));
        DnsResolver resolver = CreateTcpResolver(server);
        using CancellationTokenSource leaving = new();
        Task<DnsAnswer<DnsRecord>> first = resolver.QueryAsync("a.test", DnsRecordType.A, leaving.Token).AsTask();
        Task<DnsAnswer<DnsRecord>> second = resolver.QueryAsync("b.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);

        await leaving.CancelAsync();
        await FluentActions.Awaiting(() => first).Should().ThrowAsync<OperationCanceledException>();
        gate.SetResult();

        (await second.WaitAsync(Guard)).Records.Should().ContainSingle().Which.Name.Should().Be("b.test");
        (await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard)).Records.Should().ContainSingle().Which.Name.Should().Be("a.test");
        server.ConnectionCount.Should().Be(1);
    }

    [Fact]
    public async Task QueryAsync_TcpRefused_AsksTheNextServerAtOnce()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp); // a UDP port: nobody listens on TCP there
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.Servers =
        [
            new DnsServer((IPEndPoint)taken.LocalEndPoint!, DnsProtocol.Tcp), new DnsServer(server.EndPoint, DnsProtocol.Tcp),
        ]);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
    }

    private static string AddressOf(string name)
    {
        int number = int.Parse(name[1..name.IndexOf('.')], CultureInfo.InvariantCulture);
        return $"198.51.{number / 256}.{number % 256}";
    }

    private DnsResolver CreateTcpResolver(DnsTestServer server) =>
        CreateResolver(options => options.Servers = [new DnsServer(server.EndPoint, DnsProtocol.Tcp)]);
}

using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using StubResolver.Testing;
using StubResolver.Tests.Diagnostics;

namespace StubResolver.Tests.Scenarios;

/// <summary>Somebody who guesses at a query's id is noticed, and UDP is given up for that question.</summary>
public sealed class NearMissTests : ScenarioTestBase
{
    [Fact]
    public async Task QueryAsync_TenNearMisses_AsksOverTcpAndHearsUdpNoMore()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        server.On("a.test", (query, response) =>
        {
            if (query.Protocol == DnsProtocol.Udp)
            {
                SendNearMisses(response, 10).ClearRecords().AddAddress("192.0.2.66"); // the eleventh guess was right
            }
        });
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        server.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp);
    }

    [Fact]
    public async Task QueryAsync_NineNearMisses_StillTrustsUdp()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        server.On("a.test", (_, response) => SendNearMisses(response, 9));
        DnsResolver resolver = CreateResolver(server);

        await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        server.Queries.Should().ContainSingle().Which.Protocol.Should().Be(DnsProtocol.Udp);
    }

    [Fact]
    public async Task QueryAsync_NearMissesOnSeveralSockets_CountTogether()
    {
        DnsTestServer first = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsTestServer second = StartServer().AddAddress("a.test", "192.0.2.2");
        foreach (DnsTestServer server in (DnsTestServer[])[first, second])
        {
            server.On("a.test", (query, response) =>
            {
                if (query.Protocol == DnsProtocol.Udp)
                {
                    SendNearMisses(response, 5).Drop();
                }
            });
        }

        DnsResolver resolver = CreateResolver(first, second);

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await first.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1.25)); // the first try is over
        DnsAnswer<DnsRecord> answer = await query.WaitAsync(Guard);

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1", "each server is asked over TCP in turn");
        first.Queries.Select(sent => sent.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp);
        second.Queries.Select(sent => sent.Protocol).Should().Equal(DnsProtocol.Udp);
    }

    [Fact]
    public async Task QueryAsync_NearMissesOnTheWayAlongAliases_CountTogether()
    {
        DnsTestServer server = StartServer();
        Answer("a.test", response => response.AddAnswer(new DnsCNameRecord("a.test", TimeSpan.FromMinutes(5), "b.test")), 5);
        Answer("b.test", response => response.AddAnswer(new DnsCNameRecord("b.test", TimeSpan.FromMinutes(5), "c.test")), 5);
        Answer("c.test", response => response.AddAddress("192.0.2.1"), 0);
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);
        await resolver.QueryAsync("d.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        server.Queries.Select(query => $"{query.Name} {query.Protocol}").Should().Equal(
            ["a.test Udp", "b.test Udp", "b.test Tcp", "c.test Tcp", "d.test Udp"], "it is one question, and the next one is another");

        void Answer(string name, Action<DnsTestResponse> respond, int nearMisses) => server.On(name, (query, response) =>
        {
            respond(response);
            if (query.Protocol == DnsProtocol.Udp)
            {
                SendNearMisses(response, nearMisses);
            }
        });
    }

    [Fact]
    public async Task QueryAsync_RejectedDatagrams_AreCountedByReason()
    {
        TestMeterFactory meters = Track(new TestMeterFactory());
        using MetricCollector<long> rejected = new(meters, "StubResolver", "stubresolver.datagrams.rejected");
        byte[] cookie = [1, 2, 3, 4, 5, 6, 7, 8];
        DnsTestServer server = StartServer();
        server.On("knows-cookies.test", (_, response) => response.AddAddress("192.0.2.2").Cookie(cookie));
        server.On("a.test", (_, response) =>
            SendNearMisses(response.AddAddress("192.0.2.1").Cookie(cookie), 3).SendFirst(forged => forged.WrongClientCookie()).JunkFirst(2));
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.UseCookies = true;
                options.MeterFactory = meters;
            },
            server);

        await resolver.QueryAsync("knows-cookies.test", DnsRecordType.A).AsTask().WaitAsync(Guard);
        await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        rejected.GetMeasurementSnapshot().GroupBy(measurement => measurement.Tags["reason"]!.ToString()).ToDictionary(
            group => group.Key!, group => group.Sum(measurement => measurement.Value)).Should().BeEquivalentTo(
            new Dictionary<string, long> { ["mismatch"] = 3, ["cookie"] = 1, ["junk"] = 2 });
    }

    private static DnsTestResponse SendNearMisses(DnsTestResponse response, int count)
    {
        for (int i = 0; i < count; i++)
        {
            response.SendFirst(forged => forged.WrongId());
        }

        return response;
    }
}

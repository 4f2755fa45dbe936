using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Replies that UDP cannot carry come over TCP from the same server.</summary>
public sealed class TruncationTests : ScenarioTestBase
{
    private static readonly Dictionary<string, Action<DnsTestResponse>> s_unusable = new()
    {
        ["truncated"] = reply => reply.Truncate(),
        ["truncated with records"] = reply => reply.SetFlags(DnsTestFlags.TC),
        ["larger than the buffer"] = reply => reply.IgnoreUdpPayloadSize().Rewrite(message => [.. message, .. new byte[5000]]),
        ["cut without TC"] = reply => reply.NoEdns().Rewrite(message => message[..^1]),
        ["unreadable"] = reply => reply.NoEdns().Rewrite(message => [.. message[..^6], 0xFF, 0xFF, .. message[^4..]]),
    };

    public static TheoryData<string> Unusable => [.. s_unusable.Keys];

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task QueryAsync_ReplyOverUdpIsNotWhole_AsksTheSameServerOverTcp(string what)
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        server.On("a.test", (query, response) =>
        {
            if (query.Protocol == DnsProtocol.Udp)
            {
                s_unusable[what](response.AddAddress("192.0.2.66"));
            }
        });
        DnsTestServer other = StartServer();
        DnsResolver resolver = CreateResolver(server, other);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        server.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp);
        other.Queries.Should().BeEmpty();
    }

    [Fact]
    public async Task QueryAsync_UnreadableOverTcpToo_AsksTheNextServer()
    {
        DnsTestServer broken = StartServer().AddAddress("a.test", "192.0.2.66");
        broken.On("a.test", (_, response) => response.NoEdns().Rewrite(message => message[..^1]));
        DnsTestServer other = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(broken, other);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        broken.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp);
    }

    [Fact]
    public async Task QueryAsync_TruncatedOverTcpToo_TakesTheWholeRecords()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1").AddAddress("a.test", "192.0.2.2");
        server.On("a.test", (query, response) =>
        {
            response.Truncate().SetFlags(DnsTestFlags.TC);
            if (query.Protocol == DnsProtocol.Tcp)
            {
                response.NoEdns().Rewrite(message => message[..^3]);
            }
        });
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
    }

    [Fact]
    public async Task QueryAsync_TruncatedAndTcpCloses_AsksTheNextServer()
    {
        DnsTestServer broken = StartServer().AddAddress("a.test", "192.0.2.66");
        broken.On("a.test", (_, response) => response.Truncate().Close());
        DnsTestServer other = StartServer().AddAddress("a.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(broken, other);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
    }

    [Fact]
    public async Task QueryAsync_OctetsAfterTheLastRecord_AreIgnored()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");
        server.On("a.test", (_, response) => response.Rewrite(message => [.. message, 0xC0, 0xFF, 0x12]));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        server.Queries.Should().ContainSingle();
    }
}

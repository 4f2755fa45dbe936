using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Random letter case as additional entropy ("0x20"), and servers that do not repeat it.</summary>
public sealed class LetterCaseTests : ScenarioTestBase
{
    private const string Name = "a-name-long-enough-to-be-surely-mixed.test";

    [Fact]
    public async Task QueryAsync_ServerRepeatsTheCase_IsAnsweredOverUdp()
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1");
        DnsResolver resolver = CreateResolver(options => options.RandomizeCase = true, server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle().Which.Name.Should().Be(Name, "the caller sees the case that was typed");
        server.Queries.Should().ContainSingle().Which.Should().Match<DnsTestQuery>(query => query.Protocol == DnsProtocol.Udp && IsMixed(query));
    }

    [Fact]
    public async Task QueryAsync_ServerFoldsCase_IsAskedOverTcpAtOnceAndSparedForAnHour()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) => response.AddAddress("192.0.2.1").WrongQuestion(name: query.Name.ToLowerInvariant()));
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.RandomizeCase = true;
                options.Cache.Capacity = 0;
            },
            server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard);
        await resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard);
        Time.Advance(TimeSpan.FromHours(1));
        await resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
        server.Queries.Select(query => (query.Protocol, IsMixed(query))).Should().Equal(
            (DnsProtocol.Udp, true), (DnsProtocol.Tcp, false), (DnsProtocol.Udp, false), (DnsProtocol.Udp, true), (DnsProtocol.Tcp, false));
    }

    [Fact]
    public async Task QueryAsync_TcpServerFoldsCase_IsAnswered()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) => response.AddAddress("192.0.2.1").WrongQuestion(name: query.Name.ToLowerInvariant()));
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.RandomizeCase = true;
                options.Servers = [new DnsServer(server.EndPoint, DnsProtocol.Tcp)];
            });

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard);

        answer.Records.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_ByDefault_SendsTheNameAsTyped()
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1");
        DnsResolver resolver = CreateResolver(server);

        await resolver.QueryAsync(Name, DnsRecordType.A).AsTask().WaitAsync(Guard);

        server.Queries.Should().ContainSingle().Which.Name.Should().Be(Name);
    }

    private static bool IsMixed(DnsTestQuery query) => query.Name.Any(char.IsAsciiLetterUpper);
}

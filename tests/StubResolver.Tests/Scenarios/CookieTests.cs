using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>DNS cookies (RFC 7873, RFC 9018).</summary>
public sealed class CookieTests : ScenarioTestBase
{
    private static readonly byte[] s_serverCookie = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

    [Fact]
    public async Task QueryAsync_ServerGivesACookie_SendsItFromThenOn()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((_, response) => response.AddAddress("192.0.2.1").Cookie(s_serverCookie));
        DnsResolver resolver = CreateWithCookies(server);

        await AskAsync(resolver, "a.test");
        await AskAsync(resolver, "b.test");

        (DnsTestQuery first, DnsTestQuery second) = (server.Queries[0], server.Queries[1]);
        (first.ClientCookie.Length, first.ServerCookie.Length).Should().Be((8, 0));
        second.ClientCookie.ToArray().Should().Equal(first.ClientCookie.ToArray());
        second.ServerCookie.ToArray().Should().Equal(s_serverCookie);
    }

    [Fact]
    public async Task QueryAsync_TwoServersAndTwoResolvers_AllHaveCookiesOfTheirOwn()
    {
        DnsTestServer[] servers = [StartServer(), StartServer(new System.Net.IPEndPoint(System.Net.IPAddress.Parse("127.0.0.2"), 0))];
        foreach (DnsTestServer server in servers)
        {
            server.OnAnyQuery((_, response) => response.AddAddress("192.0.2.1").Cookie(s_serverCookie));
            await AskAsync(CreateWithCookies(server), "a.test");
        }

        DnsResolver both = CreateResolver(
            options =>
            {
                options.UseCookies = true;
                options.RotateServers = true;
            },
            servers);
        for (int i = 0; i < 20; i++)
        {
            await AskAsync(both, $"n{i}.test");
        }

        servers.SelectMany(server => server.Queries).Select(query => (query.Source.Address, Convert.ToHexString(query.ClientCookie.Span)))
            .Distinct().Should().HaveCount(4, "two resolvers of one server, and one of both");
    }

    [Fact]
    public async Task QueryAsync_BadCookie_AsksAgainWithTheNewOne()
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (query, response) =>
            (query.ServerCookie.Span.SequenceEqual(s_serverCookie) ? response.AddAddress("192.0.2.1").Cookie(s_serverCookie) : response.BadCookie(s_serverCookie)).ToArray());
        DnsResolver resolver = CreateWithCookies(server);

        (await AskAsync(resolver, "a.test")).Records.Should().ContainSingle();

        server.Queries.Select(query => (query.Protocol, query.ServerCookie.Length)).Should().Equal((DnsProtocol.Udp, 0), (DnsProtocol.Udp, 16));
    }

    [Fact]
    public async Task QueryAsync_BadCookieThenRefused_IsARefusal()
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (query, response) =>
            (query.ServerCookie.IsEmpty ? response.BadCookie(s_serverCookie) : response.Code(DnsResponseCode.Refused).Cookie(s_serverCookie)).ToArray());
        DnsResolver resolver = CreateWithCookies(server);

        Func<Task> act = () => AskAsync(resolver, "a.test");

        (await act.Should().ThrowAsync<DnsException>()).Which.Should().Match<DnsException>(
            exception => exception.DnsError == DnsError.Refused && exception.ResponseCode == DnsResponseCode.Refused, "wanting a cookie is no failure");
    }

    [Fact]
    public async Task QueryAsync_BadCookieAgain_AsksOverTcpWithoutOne()
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (query, response) =>
            (query.Protocol == DnsProtocol.Tcp ? response.AddAddress("192.0.2.1") : response.BadCookie()).ToArray());
        DnsResolver resolver = CreateWithCookies(server);

        (await AskAsync(resolver, "a.test")).Records.Should().ContainSingle();

        server.Queries.Select(query => (query.Protocol, query.ClientCookie.Length)).Should().Equal(
            (DnsProtocol.Udp, 8), (DnsProtocol.Udp, 8), (DnsProtocol.Tcp, 0));
    }

    [Fact]
    public async Task QueryAsync_NoCookieFromAServerThatKnowsThem_WaitsForTheRightOneBesideTcp()
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (_, response) => response.AddAddress("192.0.2.1").Cookie(s_serverCookie));
        server.On("b.test", (query, response) =>
        {
            if (query.Protocol == DnsProtocol.Tcp)
            {
                response.Drop();
            }
            else
            {
                response.AddAddress("192.0.2.2").Cookie(s_serverCookie).SendFirst(forged => forged.AddAddress("192.0.2.66"));
            }
        });
        server.On("c.test", (_, response) => response.AddAddress("192.0.2.3").Cookie(s_serverCookie));
        DnsResolver resolver = CreateWithCookies(server);

        await AskAsync(resolver, "a.test");
        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "b.test");
        await AskAsync(resolver, "c.test");

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.2");
        server.Queries.Single(query => query.Name == "c.test").ServerCookie.ToArray().Should().Equal(s_serverCookie, "the server goes on getting its cookie");
    }

    [Fact]
    public async Task QueryAsync_NoCookieFromAServerThatKnowsThem_IsAskedOverTcpAtOnceAndWithoutCookiesForAnHour()
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (_, response) => response.AddAddress("192.0.2.1").Cookie(s_serverCookie));
        server.AddAddress("local.test", "192.0.2.2").AddAddress("local2.test", "192.0.2.3").AddAddress("local3.test", "192.0.2.4");
        DnsResolver resolver = CreateWithCookies(server);

        await AskAsync(resolver, "a.test");
        await AskAsync(resolver, "local.test");
        await AskAsync(resolver, "local2.test");
        Time.Advance(TimeSpan.FromHours(1));
        await AskAsync(resolver, "local3.test");

        server.Queries.Select(query => (query.Protocol, query.ClientCookie.Length)).Should().Equal(
            (DnsProtocol.Udp, 8), (DnsProtocol.Udp, 8), (DnsProtocol.Tcp, 0), (DnsProtocol.Udp, 0), (DnsProtocol.Udp, 8));
    }

    [Fact]
    public async Task QueryAsync_ByDefault_SendsNoCookie()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");

        await AskAsync(CreateResolver(server), "a.test");

        server.Queries.Should().ContainSingle().Which.ClientCookie.Length.Should().Be(0);
    }

    private DnsResolver CreateWithCookies(DnsTestServer server) => CreateResolver(options => options.UseCookies = true, server);

    private static Task<DnsAnswer<DnsRecord>> AskAsync(DnsResolver resolver, string name) =>
        resolver.QueryAsync(name, DnsRecordType.A).AsTask().WaitAsync(Guard);
}

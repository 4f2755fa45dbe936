using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Servers that do not understand EDNS, or not all of it (RFC 6891 §6.2, §7).</summary>
public sealed class EdnsFallbackTests : ScenarioTestBase
{
    private const string Full = "options";
    private const string Bare = "opt";
    private const string Plain = "plain";

    [Theory]
    [InlineData(DnsResponseCode.FormatError, false)]
    [InlineData(DnsResponseCode.NotImplemented, false)]
    [InlineData(DnsResponseCode.BadVers, true)]
    public async Task QueryAsync_ServerWithoutEdns_IsAskedOnceMoreWithoutAndRemembered(DnsResponseCode code, bool hasOpt)
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) =>
        {
            if (!query.HasEdns)
            {
                response.AddAddress("192.0.2.1");
            }
            else if (hasOpt)
            {
                response.Code(code);
            }
            else
            {
                response.Code(code).NoEdns();
            }
        });
        DnsResolver resolver = CreateWithCookies(server);

        (await AskAsync(resolver, "a.test")).Records.Should().ContainSingle();
        await AskAsync(resolver, "b.test");
        Time.Advance(TimeSpan.FromMinutes(5));
        await AskAsync(resolver, "c.test");
        await AskAsync(resolver, "d.test");
        Time.Advance(TimeSpan.FromMinutes(9));
        await AskAsync(resolver, "e.test");

        server.Queries.Select(Describe).Should().Equal("a options", "a plain", "b plain", "c options", "c plain", "d plain", "e plain");
    }

    [Fact]
    public async Task QueryAsync_FormErrWithOpt_LeavesOutTheOptionsFirst()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) => RejectUnless(Level(query) == Bare, response));
        DnsResolver resolver = CreateWithCookies(server);

        await AskAsync(resolver, "a.test");
        await AskAsync(resolver, "b.test");

        server.Queries.Select(Describe).Should().Equal("a options", "a opt", "b opt");
    }

    [Fact]
    public async Task QueryAsync_FormErrWithOptTwice_LeavesOutEdns()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) => RejectUnless(Level(query) == Plain, response));
        DnsResolver resolver = CreateWithCookies(server);

        await AskAsync(resolver, "a.test");
        await AskAsync(resolver, "b.test");

        server.Queries.Select(Describe).Should().Equal("a options", "a opt", "a plain", "b plain");
    }

    [Fact]
    public async Task QueryAsync_FormErrWithOptWithoutCookies_LeavesOutEdnsAtOnce()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) => RejectUnless(Level(query) == Plain, response));
        DnsResolver resolver = CreateResolver(options => options.UseCookies = false, server);

        await AskAsync(resolver, "a.test");

        server.Queries.Select(Describe).Should().Equal("a opt", "a plain");
    }

    [Fact]
    public async Task QueryAsync_TcpServerRejectsOptions_IsAskedWithoutKeepalive()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) => RejectUnless(Level(query) == Bare, response));
        DnsResolver resolver = CreateResolver(options => options.Servers = [new DnsServer(server.EndPoint, DnsProtocol.Tcp)]);

        await AskAsync(resolver, "a.test");

        server.Queries.Select(Describe).Should().Equal("a options", "a opt");
    }

    [Fact]
    public async Task QueryAsync_PlainQueryFailsToo_IsNotRemembered()
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (query, response) => (query.HasEdns ? response.Code(DnsResponseCode.FormatError).NoEdns() : response.Code(DnsResponseCode.Refused)).ToArray());
        server.On("b.test", (_, response) => response.AddAddress("192.0.2.1"));
        DnsResolver resolver = CreateWithCookies(server);

        await FluentActions.Awaiting(() => AskAsync(resolver, "a.test")).Should().ThrowAsync<DnsException>();
        await AskAsync(resolver, "b.test");

        server.Queries.Select(Describe).Should().Equal("a options", "a plain", "b options");
    }

    [Fact]
    public async Task QueryAsync_LossAndServerFailure_NeverCostEdns()
    {
        DnsTestServer server = StartServer();
        server.On("a.test", (query, response) =>
        {
            if (query.Attempt == 1)
            {
                response.Drop();
            }
            else
            {
                response.Code(DnsResponseCode.ServerFailure).NoEdns();
            }
        });
        DnsResolver resolver = CreateWithCookies(server);

        Task<DnsAnswer<DnsRecord>> query = resolver.QueryAsync("a.test", DnsRecordType.A).AsTask();
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(1.25));
        await server.WaitForQueriesAsync(2).WaitAsync(Guard);
        Func<Task> act = () => AdvanceUntilEndAsync(query, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30));

        await act.Should().ThrowAsync<DnsException>();
        server.Queries.Should().HaveCountGreaterThan(1).And.OnlyContain(sent => sent.HasEdns);
    }

    [Fact]
    public async Task QueryAsync_ByDefault_Offers1232Octets()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1");

        await AskAsync(CreateResolver(server), "a.test");
        await AskAsync(CreateResolver(options => options.UdpPayloadSize = 0, server), "a.test");

        server.Queries.Select(query => (query.HasEdns, query.UdpPayloadSize)).Should().Equal((true, 1232), (false, 512));
    }

    private DnsResolver CreateWithCookies(DnsTestServer server) => CreateResolver(options => options.UseCookies = true, server);

    private static void RejectUnless(bool isUnderstood, DnsTestResponse response) =>
        (isUnderstood ? response.AddAddress("192.0.2.1") : response.Code(DnsResponseCode.FormatError)).ToArray();

    private static string Level(DnsTestQuery query) =>
        !query.HasEdns ? Plain : query.EdnsOption(10) is null && query.EdnsOption(11) is null ? Bare : Full;

    private static string Describe(DnsTestQuery query) => $"{query.Name[0]} {Level(query)}";

    private static Task<DnsAnswer<DnsRecord>> AskAsync(DnsResolver resolver, string name) =>
        resolver.QueryAsync(name, DnsRecordType.A).AsTask().WaitAsync(Guard);
}

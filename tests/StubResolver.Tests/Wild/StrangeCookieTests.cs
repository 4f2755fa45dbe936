namespace StubResolver.Tests.Wild;

/// <summary>One address that is several servers, and what that makes of DNS cookies (RFC 7873): no lookup waits for the right one.</summary>
public sealed class StrangeCookieTests : WildTestBase
{
    private const int Cookie = 10;
    private const int Refused = 5;
    private const int BadCookieFields = 0x0100_0000;

    private static readonly byte[] s_serverPart = [8, 7, 6, 5, 4, 3, 2, 1];

    [Fact]
    public async Task QueryAsync_ByDefault_SendsNoCookie()
    {
        WildServer server = StartWild(query => new WildReply(query).Address("192.0.2.1"));

        await AskAsync(CreateResolver(server), "a.test");

        server.Queries.Should().ContainSingle().Which.Cookie.IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QueryAsync_LocalNameAfterForwardedOnes_IsAnsweredAtOnce(bool hasOpt)
    {
        // dnsmasq and FRITZ!Box before BIND, met by users of c-ares and Envoy in 2025: forwarded replies have cookies, local ones have none
        WildServer server = StartWild(query => query.Name == "local.test" && query.Protocol == DnsProtocol.Udp
            ? hasOpt ? Good(query).Opt() : Good(query)
            : WithCookie(Good(query), query));
        DnsResolver resolver = CreateCookieResolver(server);

        await AskAsync(resolver, "a.test");
        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "local.test");
        await AskAsync(resolver, "b.test");

        answer.Records.Should().ContainSingle();
        server.Queries.Select(query => (query.Name, query.Protocol, query.Cookie.IsEmpty)).Should().Equal(
            ("a.test", DnsProtocol.Udp, false),
            ("local.test", DnsProtocol.Udp, false),
            ("local.test", DnsProtocol.Tcp, true),
            ("b.test", DnsProtocol.Udp, true));
    }

    [Fact]
    public async Task QueryAsync_CookieIsMissingAndTcpFails_TheReplyCounts()
    {
        // the same behind a firewall that lets no TCP through
        WildServer server = StartWild(
            query => [(query.Name == "local.test" ? Good(query) : WithCookie(Good(query), query)).ToArray()],
            serve: _ => Task.CompletedTask);
        DnsResolver resolver = CreateCookieResolver(server);

        await AskAsync(resolver, "a.test");
        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "local.test");

        answer.Records.Should().ContainSingle();
        server.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Udp);
    }

    [Fact]
    public async Task QueryAsync_CookieOfAnotherClient_IsAnsweredAtOnce()
    {
        // FRITZ!Box 7530 AX with EDNS0 off: the cached reply has the cookie of who asked first
        WildServer server = StartWild(query => query.Name == "a.test" || query.Protocol == DnsProtocol.Tcp
            ? WithCookie(Good(query), query)
            : Good(query).Opt(WildReply.Option(Cookie, [1, 2, 3, 4, 5, 6, 7, 8, .. s_serverPart])));
        DnsResolver resolver = CreateCookieResolver(server);

        await AskAsync(resolver, "a.test");
        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "b.test");

        answer.Records.Should().ContainSingle();
        server.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Udp, DnsProtocol.Tcp);
    }

    [Fact]
    public async Task QueryAsync_WrongCookieThenTheRightOne_TakesTheRightOneAndKeepsCookies()
    {
        // made up: a forger beside a server that knows cookies
        WildServer server = StartWild(
            query => query.Name == "b.test"
                ? [new WildReply(query).Address("192.0.2.66").Opt(WildReply.Option(Cookie, new byte[16])).ToArray(), WithCookie(Good(query), query).ToArray()]
                : [WithCookie(Good(query), query).ToArray()],
            serve: async connection => await Task.Delay(Timeout.Infinite, connection.Stopping));
        DnsResolver resolver = CreateCookieResolver(server);

        await AskAsync(resolver, "a.test");
        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "b.test");
        await AskAsync(resolver, "c.test");

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        server.Queries[^1].Cookie.Length.Should().Be(16, "the client's part and the server's");
    }

    [Fact]
    public async Task QueryAsync_TwoDifferentRepliesWithoutTheCookieAndNoTcp_TakesNeither()
    {
        WildServer server = StartWild(
            query => query.Name == "a.test"
                ? [WithCookie(Good(query), query).ToArray()]
                : [new WildReply(query).Address("192.0.2.66").ToArray(), Good(query).ToArray()],
            serve: _ => Task.CompletedTask);
        DnsResolver resolver = CreateCookieResolver(server);

        await AskAsync(resolver, "a.test");
        Func<Task> act = () => WithinAsync(resolver.QueryAsync("b.test", DnsRecordType.A), TimeSpan.FromSeconds(11));

        await act.Should().ThrowAsync<DnsException>();
    }

    [Fact]
    public async Task QueryAsync_ServerOnlyEchoesTheCookie_IsNoServerThatKnowsCookies()
    {
        // CoreDNS 1.11 and WSL 2 send the cookie back as it came; made up: only for some names
        WildServer server = StartWild(query => query.Name == "a.test" ? Good(query).Opt(WildReply.Option(Cookie, query.Cookie.ToArray())) : Good(query));
        DnsResolver resolver = CreateCookieResolver(server);

        await AskAsync(resolver, "a.test");
        await AskAsync(resolver, "b.test");

        server.Queries.Select(query => query.Protocol).Should().Equal([DnsProtocol.Udp, DnsProtocol.Udp], "nothing is missing from the second reply");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(41)]
    public async Task QueryAsync_CookieOfAnImpossibleLength_IsNone(int length)
    {
        WildServer server = StartWild(query => Good(query).Opt(WildReply.Option(Cookie, new byte[length])));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateCookieResolver(server), "a.test");

        answer.Records.Should().ContainSingle();
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_ErrorWithoutOptFromAServerThatKnowsCookies_IsTakenAsItIs()
    {
        // made up: a balancer before BIND that refuses by itself, without OPT
        WildServer server = StartWild(query => query.Name == "a.test" ? WithCookie(Good(query), query) : new WildReply(query, Refused));
        DnsResolver resolver = CreateCookieResolver(server);

        await AskAsync(resolver, "a.test");
        Func<Task> act = () => AskAsync(resolver, "b.test");

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.Refused);
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task QueryAsync_BadCookieForEver_IsAskedOverTcp()
    {
        // made up: anycast whose servers do not share the secret
        WildServer server = StartWild(query => query.Protocol == DnsProtocol.Tcp
            ? Good(query)
            : new WildReply(query, 7).OptWith(BadCookieFields, WildReply.Option(Cookie, [.. query.Cookie[..8], .. Guid.NewGuid().ToByteArray()])));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateCookieResolver(server), "a.test");

        answer.Records.Should().ContainSingle();
        server.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Udp, DnsProtocol.Tcp);
    }

    private static WildReply Good(WildQuery query) => new WildReply(query).Address("192.0.2.1");

    private static WildReply WithCookie(WildReply reply, WildQuery query) =>
        query.Cookie.IsEmpty ? reply : reply.Opt(WildReply.Option(Cookie, [.. query.Cookie[..8], .. s_serverPart]));

    private DnsResolver CreateCookieResolver(WildServer server) => CreateResolver(options => options.UseCookies = true, server);
}

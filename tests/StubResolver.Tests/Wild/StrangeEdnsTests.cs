namespace StubResolver.Tests.Wild;

/// <summary>Servers and middleboxes that do not know EDNS, or not all of it, or more than there is (RFC 6891).</summary>
public sealed class StrangeEdnsTests : WildTestBase
{
    private const int FormErr = 1;
    private const int ServFail = 2;
    private const int NotImp = 4;

    /// <summary>What a query with OPT is answered with; a query without one is answered well.</summary>
    private static readonly Dictionary<string, Func<WildQuery, byte[]>> s_rejections = new()
    {
        ["ns0.rbsov.bbc.co.uk, 2017: FORMERR, and OPT of the query behind it, uncounted"] = query =>
            [.. new WildReply(query, FormErr).ToArray(), .. query.Message[(12 + query.Question.Length)..]],
        ["made up: FORMERR, ARCOUNT 1 and no record"] = query => new WildReply(query, FormErr).Counts(additional: 1).ToArray(),
        ["some servers, says the list of dns.c: FORMERR of twelve octets"] = query => new WildReply(query, FormErr, []).Counts(question: 0).ToArray(),
        ["a Czech CDN, 2017: NOTIMP"] = query => new WildReply(query, NotImp).ToArray(),
        ["Windows DNS 6.1 (2008 R2), SonicWALL: FORMERR with our own OPT"] = query => new WildReply(query, FormErr).Opt().ToArray(),
        ["made up: BADVERS for version 0"] = query => new WildReply(query).OptWith(0x0100_0000).ToArray(),
    };

    private static readonly Dictionary<string, Func<WildReply, WildReply>> s_opts = new()
    {
        ["mihomo, 2026: no OPT at all"] = reply => reply,
        ["made up: OPT of version 1"] = reply => reply.OptWith(0x0001_0000),
        ["made up: OPT of version 255 with all flags"] = reply => reply.OptWith(0x00FF_FFFF),
        ["made up: DO without our asking"] = reply => reply.OptWith(0x8000),
        ["made up: dnsmasq's option for MAC addresses (65001), echoed"] = reply => reply.Opt(WildReply.Option(65_001, 1, 2, 3, 4, 5, 6)),
        ["erldns, 2016: a client cookie of whoever asked before"] = reply => reply.Opt(WildReply.Option(10, 1, 2, 3, 4, 5, 6, 7, 8)),
        ["made up: option 8 without our asking"] = reply => reply.Opt(WildReply.Option(8, 0, 1, 24, 24, 192, 0, 2)),
        ["made up: option 0 without data, 200 times"] = reply => reply.Opt([.. Enumerable.Repeat(WildReply.Option(0), 200).SelectMany(option => option)]),
        ["blocky 0.22: extended error 13 with a text on a good answer"] = reply => reply.Opt(WildReply.Option(15, [0, 13, .. "(CACHED)"u8])),
        ["any server: glue between the answer and OPT"] = reply => reply.Additional(WildReply.Name("ns.test"), DnsRecordType.A, [192, 0, 2, 66]).Opt(),
        ["any server: OPT before the glue"] = reply => reply.Opt().Additional(WildReply.Name("ns.test"), DnsRecordType.A, [192, 0, 2, 66]),
    };

    public static TheoryData<string> Rejections => [.. s_rejections.Keys];

    public static TheoryData<string> Opts => [.. s_opts.Keys];

    [Theory]
    [MemberData(nameof(Rejections))]
    public async Task QueryAsync_ServerRejectsEdns_IsAskedWithoutAtOnceAndRemembered(string what)
    {
        WildServer server = StartWild(query => [query.HasOpt ? s_rejections[what](query) : new WildReply(query).Address("192.0.2.1").ToArray()]);
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "a.test");
        await AskAsync(resolver, "b.test");

        answer.Records.Should().ContainSingle(what);
        server.Queries.Count(query => query.Name == "a.test").Should().BeLessThanOrEqualTo(3);
        server.Queries.Should().ContainSingle(query => query.Name == "b.test").Which.HasOpt.Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Opts))]
    public async Task QueryAsync_StrangeOpt_SpoilsNothing(string what)
    {
        WildServer server = StartWild(query => s_opts[what](new WildReply(query).Address("192.0.2.1")));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().ContainSingle(what);
        answer.ResponseCode.Should().Be(DnsResponseCode.NoError);
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_EdnsIsDropped_IsAnsweredOverTcpInTheLastRound()
    {
        // firewalls of the years before the flag day drop what has OPT over UDP; loss is no reason to leave EDNS out
        WildServer server = StartWild(query => query.HasOpt && query.Protocol == DnsProtocol.Udp ? [] : [new WildReply(query).Address("192.0.2.1").ToArray()]);

        DnsAnswer<DnsRecord> answer = await WithinAsync(CreateResolver(server).QueryAsync("a.test", DnsRecordType.A), TimeSpan.FromSeconds(8));

        answer.Records.Should().ContainSingle();
        server.Queries.Should().OnlyContain(query => query.HasOpt);
        server.Queries.Count(query => query.Protocol == DnsProtocol.Udp).Should().BeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task QueryAsync_ServFailToEdns_KeepsEdns()
    {
        // made up: SERVFAIL says nothing of EDNS (RFC 6891 §7)
        WildServer server = StartWild(query => query.HasOpt ? new WildReply(query, ServFail) : new WildReply(query).Address("192.0.2.1"));

        Func<Task> act = () => WithinAsync(CreateResolver(server).QueryAsync("a.test", DnsRecordType.A), TimeSpan.FromSeconds(2));

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.ServerFailure);
        server.Queries.Should().HaveCount(3).And.OnlyContain(query => query.HasOpt);
    }

    [Theory]
    [InlineData(0x0100_0000U, 1, "17")]
    [InlineData(0xFF00_0000U, 15, "4095")]
    [InlineData(0x0100_0000U, 7, "23, BADCOOKIE, and no cookie was sent")]
    public async Task QueryAsync_CodeAbove15_AsksTheNextServer(uint fields, int code, string what)
    {
        WildServer strange = StartWild(query => new WildReply(query, code).Address("192.0.2.66").OptWith(fields));
        WildServer good = StartWild(query => new WildReply(query).Address("192.0.2.1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(strange, good), "a.test");

        answer.Records.Should().ContainSingle(what).Which.ToString().Should().EndWith("192.0.2.1");
        strange.Queries.Should().ContainSingle();
    }
}

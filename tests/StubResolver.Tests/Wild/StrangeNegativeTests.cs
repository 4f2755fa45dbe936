namespace StubResolver.Tests.Wild;

/// <summary>"No such name" and "no such data", told strangely: the word counts, and what it is not told with is not kept.</summary>
public sealed class StrangeNegativeTests : WildTestBase
{
    private const int NxDomain = 3;
    private const int NoError = 0;

    private static readonly byte[] s_zone = WildReply.Name("test");
    private static readonly byte[] s_otherName = WildReply.Name("other.example");
    private static readonly byte[] s_address = [192, 0, 2, 66];

    private static readonly Dictionary<string, Func<WildReply, WildReply>> s_withSoa = new()
    {
        ["dnsdock, 2015: the SOA in the answer section"] = reply => reply.Answer(s_zone, DnsRecordType.Soa, WildReply.Soa()),
        ["made up: a record of another name beside the SOA"] = reply => reply
            .Answer(s_otherName, DnsRecordType.A, s_address).Authority(s_zone, DnsRecordType.Soa, WildReply.Soa()),
        ["WSL 2 on Windows 10: authority merged into the answer, and glue"] = reply => reply
            .Answer(s_zone, DnsRecordType.Soa, WildReply.Soa()).Answer(s_otherName, DnsRecordType.A, s_address),
        ["Consul 0.6: the same SOA twice"] = reply => reply
            .Authority(s_zone, DnsRecordType.Soa, WildReply.Soa()).Authority(s_zone, DnsRecordType.Soa, WildReply.Soa()),
        ["made up: a zone of one name, the SOA at the asked name"] = reply => reply.Authority(WildReply.AskedName, DnsRecordType.Soa, WildReply.Soa()),
        ["goaway, 2026: an A record of the asked name for another type"] = reply => reply
            .Answer(WildReply.AskedName, DnsRecordType.A, s_address).Authority(s_zone, DnsRecordType.Soa, WildReply.Soa()),
    };

    private static readonly Dictionary<string, Func<WildReply, WildReply>> s_withoutSoa = new()
    {
        ["a home router, seen by Firezone in 2026: nothing but the question"] = reply => reply,
        ["CoreDNS 1.11 at the end of an alias: NS in place of the SOA"] = reply => reply.Authority(s_zone, DnsRecordType.Ns, WildReply.Name("ns.test")),
        ["made up: the SOA of another zone"] = reply => reply.Authority(s_otherName, DnsRecordType.Soa, WildReply.Soa()),
        ["PowerDNS 4.2.1 with LMDB: the answer in the additional section"] = reply => reply.Additional(WildReply.AskedName, DnsRecordType.Txt, [1, 65]),
    };

    public static TheoryData<string, int> WithSoa => Both(s_withSoa.Keys);

    public static TheoryData<string, int> WithoutSoa => Both(s_withoutSoa.Keys);

    [Theory]
    [MemberData(nameof(WithSoa))]
    public async Task QueryAsync_NegativeWithItsSoaAnywhere_IsBelievedAndKept(string what, int code)
    {
        WildServer server = StartWild(query => s_withSoa[what](new WildReply(query, code)));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "a.test", DnsRecordType.Txt);
        await AskAsync(resolver, "a.test", DnsRecordType.Txt);

        answer.Records.Should().BeEmpty(what);
        answer.ResponseCode.Should().Be((DnsResponseCode)code);
        server.Queries.Should().ContainSingle("60 s are not over").Which.Protocol.Should().Be(DnsProtocol.Udp);
    }

    [Theory]
    [MemberData(nameof(WithoutSoa))]
    public async Task QueryAsync_NegativeWithoutASoaOfItsOwn_IsBelievedAndNotKept(string what, int code)
    {
        WildServer server = StartWild(query => s_withoutSoa[what](new WildReply(query, code)));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "a.test", DnsRecordType.Txt);
        await AskAsync(resolver, "a.test", DnsRecordType.Txt);

        answer.Records.Should().BeEmpty(what);
        answer.ResponseCode.Should().Be((DnsResponseCode)code);
        server.Queries.Should().HaveCount(2).And.OnlyContain(query => query.Protocol == DnsProtocol.Udp);
    }

    [Theory]
    [InlineData(NxDomain)]
    [InlineData(NoError)]
    public async Task QueryAsync_NegativeWithABrokenRest_IsAskedOnceOverTcpAndThenBelieved(int code)
    {
        // OVN, 2022: ARCOUNT is copied from the query, over UDP and over TCP
        WildServer server = StartWild(query => new WildReply(query, code).Counts(additional: 1));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.ResponseCode.Should().Be((DnsResponseCode)code);
        answer.Records.Should().BeEmpty();
        server.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp);
    }

    [Theory]
    [InlineData(NxDomain)]
    [InlineData(NoError)]
    public async Task QueryAsync_NegativeWithABrokenSoa_IsBelievedAndNotKept(int code)
    {
        // Alfis, 2021: the SOA does not parse
        WildServer server = StartWild(query => new WildReply(query, code).Authority(s_zone, DnsRecordType.Soa, WildReply.Soa()[..^4]));
        DnsResolver resolver = CreateResolver(server);

        await AskAsync(resolver, "a.test");
        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "a.test");

        answer.ResponseCode.Should().Be((DnsResponseCode)code);
        server.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp, DnsProtocol.Udp, DnsProtocol.Tcp);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QueryAsync_NxDomainWithTheAskedRecord_IsMalformedAndTheNextServerIsAsked(bool hasAlias)
    {
        // made up: a provider that replaces the records of NXDOMAIN, and forgets the code
        WildServer broken = StartWild(query => hasAlias
            ? new WildReply(query, NxDomain).Answer(WildReply.AskedName, DnsRecordType.CName, s_otherName).Answer(s_otherName, DnsRecordType.A, s_address)
            : new WildReply(query, NxDomain).Address("192.0.2.66"));
        WildServer good = StartWild(query => new WildReply(query).Address("192.0.2.1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(broken, good), "a.test");

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        broken.Queries.Should().OnlyContain(query => query.Name == "a.test");
        good.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_OnlyRecordsOfOtherNames_IsMalformedAndTheNextServerIsAsked()
    {
        // CoreDNS 1.0, rewrite without an answer rule: the records have the name that was looked up behind the scenes
        WildServer broken = StartWild(query => new WildReply(query).Answer(s_otherName, DnsRecordType.A, s_address));
        WildServer good = StartWild(query => new WildReply(query).Address("192.0.2.1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(broken, good), "a.test");

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        broken.Queries.Should().ContainSingle().Which.Protocol.Should().Be(DnsProtocol.Udp);
    }

    [Fact]
    public async Task QueryAsync_ForgedNxDomainBeforeTheAnswer_Wins()
    {
        // middleboxes that inject replies: both match, the first one counts; only cookies, TCP or TLS can tell them apart
        WildServer server = StartWild(query => [new WildReply(query, NxDomain).ToArray(), new WildReply(query).Address("192.0.2.1").ToArray()]);

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.ResponseCode.Should().Be(DnsResponseCode.NxDomain);
        server.Queries.Should().ContainSingle();
    }

    private static TheoryData<string, int> Both(IEnumerable<string> keys)
    {
        TheoryData<string, int> data = [];
        foreach (string key in keys)
        {
            data.Add(key, NoError);
            data.Add(key, NxDomain);
        }

        return data;
    }
}

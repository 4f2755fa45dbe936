namespace StubResolver.Tests.Wild;

/// <summary>A good answer with something strange behind it or beside it: what was asked for is there, so the lookup succeeds, with one query.</summary>
public sealed class StrangeAnswerTests : WildTestBase
{
    private static readonly byte[] s_root = [0];
    private static readonly byte[] s_otherAddress = [192, 0, 2, 66];
    private static readonly byte[] s_forwardPointer = [0xC1, 0xFF];

    /// <summary>What stands behind the answer section, by where it was seen.</summary>
    private static readonly Dictionary<string, Func<WildReply, WildReply>> s_behind = new()
    {
        ["OVN, 2022: ARCOUNT is copied from the query, and there is no record"] = reply => reply.Counts(additional: 1),
        ["a DHCP server's DNS, seen by systemd 237: counts that are too high"] = reply => reply.Counts(authority: 3, additional: 7),
        ["firewalls that cut at 512 octets: the additional section ends inside a record"] = reply =>
            reply.Additional(WildReply.Name("ns.test"), DnsRecordType.A, s_otherAddress).Cut(3),
        ["CDN of a Czech carrier, 2017: eleven octets behind the last record"] = reply => reply.Octets(0, 0, 41, 0x10, 0, 0, 0, 0, 0, 0, 0),
        ["Alfis, 2021: a pointer of the SOA leads into the middle of a label"] = reply =>
            reply.Authority(AskedName, DnsRecordType.Soa, [.. WildReply.Name("ns.test"), 4, .. "mail"u8, 0xC0, 13, .. new byte[20]]),
        ["made up: an SOA without its last number"] = reply => reply.Authority(AskedName, DnsRecordType.Soa, WildReply.Soa()[..^4]),
        ["made up: an NS record with a pointer that leads forwards"] = reply => reply.Authority(AskedName, DnsRecordType.Ns, s_forwardPointer),
        ["made up: the owner of an additional record has no end"] = reply => reply.Octets(63, 65).Counts(additional: 1),
        ["made up: an additional address of three octets"] = reply => reply.Additional(WildReply.Name("ns.test"), DnsRecordType.A, [192, 0, 2]),
        ["erldns, 2026: an extended error adds a second OPT"] = reply => reply.Opt(WildReply.Option(15, 0, 3)).Opt(),
        ["made up: the owner of OPT is the asked name"] = reply => reply.Additional(AskedName, DnsRecordType.Opt, []),
        ["made up: OPT in authority"] = reply => reply.Authority(s_root, DnsRecordType.Opt, []),
        ["made up: OPT behind the address, in the answer section"] = reply => reply.Answer(s_root, DnsRecordType.Opt, []),
        ["made up: the length of an option leads beyond OPT"] = reply => reply.Opt([0, 10, 0, 200, 1, 2]),
        ["made up: half the head of an option"] = reply => reply.Opt([0, 10]),
        ["Stubby 0.2: passes on the keepalive of its TLS server over UDP"] = reply => reply.Opt(WildReply.Option(11, 0x01, 0x2C)),
        ["made up: a keepalive of three octets"] = reply => reply.Opt(WildReply.Option(11, 1, 2, 3)),
        ["made up: a cookie of four octets"] = reply => reply.Opt(WildReply.Option(10, 1, 2, 3, 4)),
        ["made up: a cookie of 48 octets"] = reply => reply.Opt(WildReply.Option(10, new byte[48])),
        ["made up: an extended error of one octet"] = reply => reply.Opt(WildReply.Option(15, 1)),
        ["made up: an extended error whose text is no UTF-8"] = reply => reply.Opt(WildReply.Option(15, 0, 3, 0xFF, 0xFE)),
    };

    /// <summary>What stands beside the address in the answer section.</summary>
    private static readonly Dictionary<string, Func<WildReply, WildReply>> s_beside = new()
    {
        ["WSL 2 on Windows 10 and 11: authority and additional are merged into the answer"] = reply => reply
            .Answer(WildReply.Name("test"), DnsRecordType.Ns, WildReply.Name("ns.test"), ttl: 0)
            .Answer(WildReply.Name("ns.test"), DnsRecordType.A, s_otherAddress, ttl: 0),
        ["OVN 22.03: OPT before the address"] = reply => reply.Answer(s_root, DnsRecordType.Opt, WildReply.Option(10, 1, 2, 3, 4, 5, 6, 7, 8)),
        ["katon 0.3: AAAA beside A, whatever was asked"] = reply => reply.Answer(AskedName, DnsRecordType.Aaaa, new byte[16]),
        ["node-dns 0.2: AAAA of 32 octets"] = reply => reply.Answer(AskedName, DnsRecordType.Aaaa, new byte[32]),
        ["Dreame vacuum cleaner behind an mDNS proxy: NSEC with a pointer that leads forwards"] = reply =>
            reply.Answer(AskedName, DnsRecordType.Nsec, s_forwardPointer),
        ["ciao 1.1 (Homebridge): an empty TXT"] = reply => reply.Answer(AskedName, DnsRecordType.Txt, []),
        ["made up: a TXT whose string is longer than the record"] = reply => reply.Answer(AskedName, DnsRecordType.Txt, [9, 65]),
        ["made up: RRSIG of two octets"] = reply => reply.Answer(AskedName, DnsRecordType.Rrsig, [0, 1]),
        ["made up: an MX without a name"] = reply => reply.Answer(AskedName, DnsRecordType.Mx, [0, 10]),
        ["made up: an SOA that is cut"] = reply => reply.Answer(WildReply.Name("test"), DnsRecordType.Soa, WildReply.Soa()[..^2]),
        ["made up: a private type without data"] = reply => reply.Answer(AskedName, (DnsRecordType)65_280, []),
        ["made up: an address of the class CHAOS"] = reply => reply
            .Octets([.. AskedName, 0, 1, 0, 3, 0, 0, 0, 1, 0, 4, .. s_otherAddress]).Counts(answer: 1),
    };

    public static TheoryData<string> Behind => [.. s_behind.Keys];

    public static TheoryData<string> Beside => [.. s_beside.Keys];

    private static byte[] AskedName => WildReply.AskedName;

    [Theory]
    [MemberData(nameof(Behind))]
    public async Task QueryAsync_FaultBehindTheAnswer_SpoilsNothing(string what)
    {
        WildServer server = StartWild(query => s_behind[what](new WildReply(query).Address("192.0.2.1")));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "a.test");
        await AskAsync(resolver, "a.test");

        answer.Records.Should().ContainSingle(what).Which.ToString().Should().EndWith("192.0.2.1");
        server.Queries.Should().ContainSingle("it is a whole answer, kept like any other").Which.Protocol.Should().Be(DnsProtocol.Udp);
    }

    [Theory]
    [MemberData(nameof(Beside))]
    public async Task QueryAsync_StrangeRecordBesideTheAnswer_IsLeftOut(string what)
    {
        WildServer server = StartWild(query => s_beside[what](new WildReply(query)).Address("192.0.2.1"));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "a.test");

        answer.Records.Should().ContainSingle(what).Which.ToString().Should().EndWith("192.0.2.1");
        answer.Records[0].Ttl.Should().Be(TimeSpan.FromSeconds(300));
        server.Queries.Should().ContainSingle().Which.Protocol.Should().Be(DnsProtocol.Udp);
    }

    [Fact]
    public async Task QueryAsync_EmptyTxt_IsOneEmptyString()
    {
        // ciao 1.1 (Homebridge): a service without keys; RFC 6763 §6.1
        WildServer server = StartWild(query => new WildReply(query).Answer(AskedName, DnsRecordType.Txt, []));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test", DnsRecordType.Txt);

        answer.Records.Should().ContainSingle().Which.Should().BeOfType<DnsTxtRecord>().Which.Values.Should().Equal("");
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task ResolveSrvAsync_EmptyTxtBesideIt_IsAnswered()
    {
        // mDNS proxies that answer with all they heard of the service
        WildServer server = StartWild(query => new WildReply(query)
            .Answer(AskedName, DnsRecordType.Txt, [])
            .Answer(AskedName, DnsRecordType.Srv, [0, 0, 0, 0, 0, 80, .. WildReply.Name("host.test")]));

        DnsAnswer<DnsSrvRecord> answer = await AtOnceAsync(CreateResolver(server).ResolveSrvAsync("printer._ipp._tcp.test"));

        answer.Records.Should().ContainSingle().Which.Target.Should().Be("host.test");
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_CutInsideTheAnswerWithoutTc_IsAskedOverTcp()
    {
        // a firewall before Azure's name servers, 2020: the first 512 octets, ANCOUNT 18 and no TC
        WildServer server = StartWild(query => query.Protocol == DnsProtocol.Udp
            ? new WildReply(query).Address("192.0.2.66").Address("192.0.2.67").Cut(2)
            : new WildReply(query).Address("192.0.2.1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        server.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp);
    }

    [Fact]
    public async Task QueryAsync_BrokenAddressEverywhere_IsMalformedAndTheNextServerIsAsked()
    {
        // ESP32_AdBlocker, 2026: four octets for every question; here under the type that was asked
        WildServer broken = StartWild(query => new WildReply(query).Answer(AskedName, DnsRecordType.Aaaa, [192, 0, 2, 1]));
        WildServer good = StartWild(query => new WildReply(query).Address("2001:db8::1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(broken, good), "a.test", DnsRecordType.Aaaa);

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("2001:db8::1");
        broken.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp);
        good.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_NothingButOptInTheAnswerSection_AsksTheNextServer()
    {
        // OVN 22.03: OPT stands in the answer section, ANCOUNT is 1, and the address follows uncounted
        WildServer broken = StartWild(query => new WildReply(query).Flags(0x8100)
            .Answer(s_root, DnsRecordType.Opt, WildReply.Option(10, 1, 2, 3, 4, 5, 6, 7, 8)).Address("192.0.2.66").Counts(answer: 1));
        WildServer good = StartWild(query => new WildReply(query).Address("192.0.2.1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(broken, good), "a.test");

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        good.Queries.Should().ContainSingle();
    }
}

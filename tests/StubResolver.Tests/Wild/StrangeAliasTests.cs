namespace StubResolver.Tests.Wild;

/// <summary>Aliases told strangely: out of order, twice, without an end, without the record that makes them.</summary>
public sealed class StrangeAliasTests : WildTestBase
{
    private static readonly byte[] s_target = WildReply.Name("b.test");
    private static readonly byte[] s_address = [192, 0, 2, 1];

    private static readonly Dictionary<string, Func<WildReply, WildReply>> s_good = new()
    {
        ["Cloudflare 1.1.1.1, January 2026: the address before its alias"] = reply =>
            reply.Answer(s_target, DnsRecordType.A, s_address).Answer(WildReply.AskedName, DnsRecordType.CName, s_target),
        ["made up: a chain from its end to its beginning"] = reply => reply
            .Answer(s_target, DnsRecordType.A, s_address)
            .Answer(WildReply.Name("m.test"), DnsRecordType.CName, s_target)
            .Answer(WildReply.AskedName, DnsRecordType.CName, WildReply.Name("m.test")),
        ["made up: the alias twice"] = reply => reply
            .Answer(WildReply.AskedName, DnsRecordType.CName, s_target)
            .Answer(WildReply.AskedName, DnsRecordType.CName, WildReply.Name("B.TEST"))
            .Answer(s_target, DnsRecordType.A, s_address),
        ["made up: letter case changes along the chain"] = reply => reply
            .Answer(WildReply.Name("A.Test"), DnsRecordType.CName, WildReply.Name("B.test")).Answer(WildReply.Name("b.TEST"), DnsRecordType.A, s_address),
        ["systemd-resolved 252 as stub: DNAME without the CNAME made from it"] = reply => reply
            .Answer(WildReply.Name("test"), DnsRecordType.DName, WildReply.Name("c.example"))
            .Answer(WildReply.Name("a.c.example"), DnsRecordType.A, s_address),
        ["made up: an address beside the alias"] = reply => reply
            .Answer(WildReply.AskedName, DnsRecordType.CName, WildReply.Name("gone.example")).Answer(WildReply.AskedName, DnsRecordType.A, s_address),
        ["WSL 2.1: an address of a name server of the top-level domain at the end"] = reply => reply
            .Answer(WildReply.AskedName, DnsRecordType.CName, s_target).Answer(s_target, DnsRecordType.A, s_address)
            .Answer(WildReply.Name("j.gtld-servers.example"), DnsRecordType.A, [192, 0, 2, 66]),
    };

    public static TheoryData<string> Good => [.. s_good.Keys];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task QueryAsync_StrangeButWholeChain_IsFollowedWithOneQuery(string what)
    {
        WildServer server = StartWild(query => s_good[what](new WildReply(query)));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().ContainSingle(what).Which.ToString().Should().EndWith("192.0.2.1");
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_AliasWithoutItsEnd_AsksForTheEnd()
    {
        // CoreDNS, 2024, before a Windows domain controller whose forwarder was down
        WildServer server = StartWild(query => query.Name == "a.test"
            ? new WildReply(query).Answer(WildReply.AskedName, DnsRecordType.CName, s_target)
            : new WildReply(query).Address("192.0.2.1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().ContainSingle().Which.ToString().Should().EndWith("192.0.2.1");
        answer.CanonicalName.Should().Be("b.test");
        server.Queries.Select(query => query.Name).Should().Equal("a.test", "b.test");
    }

    [Theory]
    [InlineData("NSD 4.3.2: NODATA at the end of a chain has no SOA", 0, 2)]
    [InlineData("CoreDNS 1.11: NXDOMAIN at the end of a chain has no SOA", 3, 1)]
    public async Task QueryAsync_NegativeEndWithoutSoa_IsANegativeOfTheEnd(string what, int code, int queries)
    {
        WildServer server = StartWild(query => query.Name == "a.test"
            ? new WildReply(query, code).Answer(WildReply.AskedName, DnsRecordType.CName, s_target)
            : new WildReply(query));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().BeEmpty(what);
        answer.ResponseCode.Should().Be((DnsResponseCode)code);
        server.Queries.Should().HaveCount(queries, "NOERROR may only be an answer that lacks its end");
    }

    [Fact]
    public async Task QueryAsync_TwoDifferentAliases_AsksTheNextServer()
    {
        // made up: round robin over aliases
        WildServer broken = StartWild(query => new WildReply(query)
            .Answer(WildReply.AskedName, DnsRecordType.CName, s_target).Answer(WildReply.AskedName, DnsRecordType.CName, WildReply.Name("c.test")));
        WildServer good = StartWild(query => new WildReply(query).Address("192.0.2.1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(broken, good), "a.test");

        answer.Records.Should().ContainSingle();
        broken.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_AliasesInACircle_IsMalformedInABoundedNumberOfQueries()
    {
        WildServer server = StartWild(query => new WildReply(query)
            .Answer(WildReply.AskedName, DnsRecordType.CName, WildReply.Name(query.Name == "a.test" ? "b.test" : "a.test")));

        Func<Task> act = () => WithinAsync(CreateResolver(server).QueryAsync("a.test", DnsRecordType.A), TimeSpan.FromSeconds(10));

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.MalformedResponse);
        server.Queries.Count.Should().BeLessThanOrEqualTo(10);
    }

    [Fact]
    public async Task QueryAsync_AliasToTheRoot_IsNoData()
    {
        // made up: a lone dot for "nowhere"
        WildServer server = StartWild(query => query.Name == "a.test"
            ? new WildReply(query).Answer(WildReply.AskedName, DnsRecordType.CName, [0])
            : new WildReply(query).Authority([0], DnsRecordType.Soa, WildReply.Soa()));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().BeEmpty();
        answer.ResponseCode.Should().Be(DnsResponseCode.NoError);
        server.Queries.Should().HaveCount(2);
    }
}

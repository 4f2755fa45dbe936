namespace StubResolver.Tests.Wild;

/// <summary>Flags and times to live that are odd.</summary>
public sealed class StrangeHeaderTests : WildTestBase
{
    [Theory]
    [InlineData(0x8000, "made up: neither RD nor RA nor AA")]
    [InlineData(0x8100, "nebula 1.10, WSL 2: no recursion offered")]
    [InlineData(0x8580, "Tailscale MagicDNS, 2020: AA and RA")]
    [InlineData(0x81C0, "made up: the reserved bit Z")]
    [InlineData(0x81A0, "a Czech CDN, 2017: AD in all replies")]
    [InlineData(0x8190, "made up: CD, which we did not set")]
    [InlineData(0x85F0, "made up: all flags but TC")]
    public async Task QueryAsync_OddFlags_SpoilNothingAndAreNotTrusted(int flags, string what)
    {
        WildServer server = StartWild(query => new WildReply(query).Flags((ushort)flags).Address("192.0.2.1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().ContainSingle(what);
        answer.IsAuthenticated.Should().BeFalse("nobody said that the path is trusted");
        server.Queries.Should().ContainSingle();
    }

    [Theory]
    [InlineData(0, "Consul, enable_truncate: nothing")]
    [InlineData(3, "Consul, enable_truncate: three of many")]
    public async Task QueryAsync_TcWithRecords_IsAskedOverTcp(int count, string what)
    {
        WildServer server = StartWild(query => query.Protocol == DnsProtocol.Tcp
            ? new WildReply(query).Address("192.0.2.1")
            : Enumerable.Range(0, count).Aggregate(new WildReply(query).Flags(0x8380), (reply, i) => reply.Address($"192.0.2.{100 + i}")));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.Records.Should().ContainSingle(what).Which.ToString().Should().EndWith("192.0.2.1");
        server.Queries.Select(query => query.Protocol).Should().Equal(DnsProtocol.Udp, DnsProtocol.Tcp);
    }

    [Fact]
    public async Task QueryAsync_TtlZero_IsUsedAndNotKept()
    {
        // WSL 2 (Hyper-V NAT), Consul, dnsdock: always zero
        WildServer server = StartWild(query => new WildReply(query).Address("192.0.2.1", ttl: 0));
        DnsResolver resolver = CreateResolver(server);

        await AskAsync(resolver, "a.test");
        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "a.test");

        answer.Records.Should().ContainSingle();
        server.Queries.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(0x8000_0000)]
    [InlineData(uint.MaxValue)]
    public async Task QueryAsync_TtlOfManyYears_LivesForTheLongestTimeThatIsAllowed(uint ttl)
    {
        // seen by Zeek in 2016, and read as minus one by many; here RFC 8767 §4
        WildServer server = StartWild(query => new WildReply(query).Address("192.0.2.1", ttl));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await AskAsync(resolver, "a.test");
        await AskAsync(resolver, "a.test");
        Time.Advance(TimeSpan.FromDays(1));
        await AskAsync(resolver, "a.test");

        answer.ExpiresAt.Should().Be(Time.GetUtcNow(), "that is MaxTtl");
        answer.Records[0].Ttl.Should().Be(TimeSpan.FromSeconds(ttl), "the TTL received");
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task QueryAsync_TtlsThatDiffer_LiveAsLongAsTheShortest()
    {
        // made up: a cache that counts each record down on its own
        WildServer server = StartWild(query => new WildReply(query).Address("192.0.2.1", 3600).Address("192.0.2.2", 30).Address("192.0.2.3", 300));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(server), "a.test");

        answer.ExpiresAt.Should().Be(Time.GetUtcNow() + TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(11)]
    [InlineData(15)]
    public async Task QueryAsync_CodeThatNoQueryHas_AsksTheNextServerAtOnce(int code)
    {
        // made up: YXDOMAIN, NOTAUTH and reserved codes
        WildServer strange = StartWild(query => new WildReply(query, code));
        WildServer good = StartWild(query => new WildReply(query).Address("192.0.2.1"));

        DnsAnswer<DnsRecord> answer = await AskAsync(CreateResolver(strange, good), "a.test");

        answer.Records.Should().ContainSingle();
        strange.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task QueryAsync_ErrorWithTheAskedRecord_IsAnError()
    {
        // made up: REFUSED with an address; the code counts
        WildServer server = StartWild(query => new WildReply(query, 5).Address("192.0.2.66").Opt());

        Func<Task> act = () => AskAsync(CreateResolver(server), "a.test");

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.Refused);
        server.Queries.Should().ContainSingle();
    }
}

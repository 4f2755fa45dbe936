using StubResolver.Testing;
using StubResolver.Tests.Caching;

namespace StubResolver.Tests.Scenarios;

public sealed class CacheTtlTests : CacheScenarioBase
{
    [Fact]
    public async Task ResolveAddressesAsync_TtlZero_IsUsedAndNotKept()
    {
        DnsTestServer server = StartServer(aaaaTtl: 0, aTtl: 0);
        DnsResolver resolver = CreateResolver(options => options.Cache.MinTtl = Seconds(60), server);

        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync(Name);
        DnsAnswer<DnsAddressRecord> second = await resolver.ResolveAddressesAsync(Name);

        first.Records.Should().HaveCount(2);
        first.ExpiresAt.Should().Be(Time.GetUtcNow());
        second.Records.Should().HaveCount(2);
        server.Queries.Should().HaveCount(4, "MinTtl does not make TTL 0 cacheable");
    }

    [Theory]
    [InlineData(30, 60, 600, 60)]
    [InlineData(300, 60, 600, 300)]
    [InlineData(700, 60, 600, 600)]
    [InlineData(2_147_483_648, 0, 600, 600)] // RFC 8767 §4
    [InlineData(4_294_967_295, 0, 600, 600)]
    public async Task ResolveAddressesAsync_Ttl_IsKeptInsideTheBounds(double ttl, double min, double max, double expected)
    {
        DnsTestServer server = StartServer(ttl, ttl);
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.Cache.MinTtl = Seconds(min);
                options.Cache.MaxTtl = Seconds(max);
                options.Cache.PrefetchThreshold = 0;
            },
            server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name);
        answer.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(expected));
        answer.Records.Should().OnlyContain(record => record.Ttl == Seconds(ttl), "it is the TTL received");
        Advance(expected - 0.1);
        (await resolver.ResolveAddressesAsync(Name)).Should().BeSameAs(answer);
        server.Queries.Should().HaveCount(2);
        Advance(0.1);
        await resolver.ResolveAddressesAsync(Name);

        server.Queries.Should().HaveCount(4);
    }

    [Theory]
    [InlineData(60, 300)]
    [InlineData(300, 60)]
    public async Task QueryAsync_AliasOfAnAddress_LivesAsLongAsTheShorterOne(double aliasTtl, double addressTtl)
    {
        DnsTestServer server = StartServer(300, addressTtl).AddCName("alias.test", Name, Seconds(aliasTtl));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("alias.test", DnsRecordType.A);
        Advance(50);
        await resolver.QueryAsync("alias.test", DnsRecordType.A);
        server.Queries.Should().HaveCount(1);
        Advance(10);
        await resolver.QueryAsync("alias.test", DnsRecordType.A);

        answer.ExpiresAt.Should().Be(Time.GetUtcNow());
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task QueryAsync_AuthorityWithShortTtl_DoesNotShortenTheAnswer()
    {
        DnsTestServer server = StartServer(300, 300)
            .On(Name, DnsRecordType.A, (_, response) => response.AddAuthority(new DnsNsRecord("test", Seconds(5), "ns.test")).AddAdditional(Address("ns.test", "192.0.2.53", 1)));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.A);
        Advance(200);
        await resolver.QueryAsync(Name, DnsRecordType.A);

        answer.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(100));
        server.Queries.Should().HaveCount(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task ResolveAddressesAsync_WallClockJumpsByYears_KeepsTheAnswerAndCorrectsItsDate(int direction)
    {
        JumpingTimeProvider time = new();
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = time, server);
        await resolver.ResolveAddressesAsync(Name);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        time.Advance(Seconds(100));
        time.SetWallClock(direction * TimeSpan.FromDays(3653));

        DnsAnswer<DnsAddressRecord> addresses = await resolver.ResolveAddressesAsync(Name);
        DnsAnswer<DnsRecord> records = await resolver.QueryAsync(Name, DnsRecordType.A);
        server.Queries.Should().HaveCount(2, "nothing expired");
        time.Advance(Seconds(200));
        await resolver.ResolveAddressesAsync(Name);

        addresses.ExpiresAt.Should().Be(time.GetUtcNow());
        records.ExpiresAt.Should().Be(time.GetUtcNow());
        server.Queries.Should().HaveCount(4, "nothing was revived");
    }

    [Fact]
    public async Task ResolveAddressesAsync_AfterALongGap_AsksAgain()
    {
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);

        Time.Advance(TimeSpan.FromDays(30));
        await resolver.ResolveAddressesAsync(Name);

        server.Queries.Should().HaveCount(4);
    }

    [Theory]
    [InlineData(60, 300, DnsRecordType.Aaaa)]
    [InlineData(300, 60, DnsRecordType.A)]
    public async Task ResolveAddressesAsync_OneFamilyExpired_AsksOnlyForThatOne(double aaaaTtl, double aTtl, DnsRecordType asked)
    {
        DnsTestServer server = StartServer(aaaaTtl, aTtl);
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync(Name);
        Advance(60);

        DnsAnswer<DnsAddressRecord> second = await resolver.ResolveAddressesAsync(Name);

        first.ExpiresAt.Should().Be(Time.GetUtcNow());
        second.Records.Should().HaveCount(2);
        second.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(60));
        server.Queries.Skip(2).Select(query => query.Type).Should().Equal(asked);
    }

    [Theory]
    [InlineData("NAME.Test")]
    [InlineData("name.test.")]
    [InlineData("Name.TEST.")]
    public async Task ResolveAddressesAsync_NameInOtherSpelling_SendsNothing(string spelling)
    {
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateResolver(server);
        await resolver.ResolveAddressesAsync(Name);

        DnsAnswer<DnsAddressRecord> addresses = await resolver.ResolveAddressesAsync(spelling);
        DnsAnswer<DnsRecord> records = await resolver.QueryAsync(spelling, DnsRecordType.A);
        DnsAnswer<DnsRecord> again = await resolver.QueryAsync(spelling, DnsRecordType.A);

        addresses.Records.Should().HaveCount(2);
        addresses.Name.Should().BeEquivalentTo(spelling);
        records.Name.Should().BeEquivalentTo(spelling);
        again.Should().BeSameAs(records);
        server.Queries.Should().HaveCount(2);
        resolver.Pipeline.Engine.Cache.Count.Should().Be(1, "the spellings share an entry");
    }

    [Fact]
    public async Task ResolveAddressesAsync_CapacityZero_AsksEachTime()
    {
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateResolver(options => options.Cache.Capacity = 0, server);

        await resolver.ResolveAddressesAsync(Name);
        await resolver.ResolveAddressesAsync(Name);

        server.Queries.Should().HaveCount(4);
    }

    [Fact]
    public async Task ResolveAddressesAsync_SearchList_CostsItsQueriesOnce()
    {
        Host.ResolvConf = "search a.example b.example\noptions ndots:5";
        DnsTestServer server = StartServer().AddAddress("name.test.b.example", "192.0.2.1", Seconds(60));
        server.NegativeTtl = Seconds(40);
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.IPv6 = DnsIPv6Mode.Never;
                options.Cache.PrefetchThreshold = 0;
            },
            server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name);
        Advance(39);
        (await resolver.ResolveAddressesAsync(Name)).Should().BeSameAs(answer);
        server.Queries.Should().HaveCount(2);
        Advance(1);
        await resolver.ResolveAddressesAsync(Name);

        answer.CanonicalName.Should().Be("name.test.b.example");
        answer.ExpiresAt.Should().Be(Time.GetUtcNow(), "the negative answer before it ends first");
        server.Queries.Skip(2).Select(query => query.Name).Should().Equal(["name.test.a.example"], "only what expired is asked again");
    }
}

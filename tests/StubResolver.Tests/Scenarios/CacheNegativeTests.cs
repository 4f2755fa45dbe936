using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

public sealed class CacheNegativeTests : CacheScenarioBase
{
    [Theory]
    [InlineData(60, 300, 60)]
    [InlineData(300, 60, 60)]
    [InlineData(900, 900, 300)] // MaxNegativeTtl
    [InlineData(4_294_967_295, 4_294_967_295, 300)]
    public async Task QueryAsync_NonExistentName_LivesByItsSoa(double soaTtl, double minimum, double expected)
    {
        DnsTestServer server = StartServer().OnAnyQuery(
            (_, response) => response.Code(DnsResponseCode.NxDomain).ClearRecords().AddAuthority(Soa("test", soaTtl, minimum)));
        DnsResolver resolver = CreateResolver(options => options.Cache.MinTtl = TimeSpan.FromHours(1), server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.A);
        Advance(expected - 1);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        server.Queries.Should().HaveCount(1);
        Advance(1);
        await resolver.QueryAsync(Name, DnsRecordType.A);

        answer.ResponseCode.Should().Be(DnsResponseCode.NxDomain);
        answer.ExpiresAt.Should().Be(Time.GetUtcNow());
        server.Queries.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(DnsResponseCode.NxDomain)]
    [InlineData(DnsResponseCode.NoError)]
    public async Task QueryAsync_NegativeWithoutSoa_IsNotKept(DnsResponseCode code)
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(code).ClearRecords());
        DnsResolver resolver = CreateResolver(server);

        await resolver.QueryAsync(Name, DnsRecordType.A);
        await resolver.QueryAsync(Name, DnsRecordType.A);

        server.Queries.Should().HaveCount(2, "only an SOA record says how long (RFC 2308 §5)");
    }

    [Fact]
    public async Task ResolveAddressesAsync_NegativeWithoutSoa_IsNotKept()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.NxDomain).ClearRecords());
        DnsResolver resolver = CreateResolver(server);

        await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask()).Should().ThrowAsync<DnsException>();
        await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask()).Should().ThrowAsync<DnsException>();

        server.Queries.Should().HaveCount(4);
    }

    [Fact]
    public async Task ResolveAddressesAsync_OneFamilyWithoutSoa_CountsFiveSeconds()
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1")
            .On(Name, DnsRecordType.Aaaa, (_, response) => response.Code(DnsResponseCode.NoError).ClearRecords());
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name);
        Advance(4.9);
        await resolver.ResolveAddressesAsync(Name);
        server.Queries.Should().HaveCount(2);
        Advance(0.1);
        await resolver.ResolveAddressesAsync(Name);

        answer.ExpiresAt.Should().Be(Time.GetUtcNow());
        server.Queries.Skip(2).Select(query => query.Type).Should().Equal(DnsRecordType.Aaaa);
    }

    [Fact]
    public async Task ResolveAddressesAsync_NonExistentName_FailsFromTheCacheWithANewExceptionEach()
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        DnsException first = (await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask()).Should().ThrowAsync<DnsException>()).Which;
        DnsException second = (await resolver.Awaiting(r => r.ResolveAddressesAsync("NAME.test.").AsTask()).Should().ThrowAsync<DnsException>()).Which;
        DnsException third = (await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask()).Should().ThrowAsync<DnsException>()).Which;

        first.DnsError.Should().Be(DnsError.NameNotFound);
        third.DnsError.Should().Be(DnsError.NameNotFound);
        third.Should().NotBeSameAs(first);
        (first.Name, second.Name).Should().Be((Name, "NAME.test."));
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task QueryAsync_BothFamiliesSaidNxDomain_CoversAllTypes()
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);
        await resolver.QueryAsync(Name, DnsRecordType.Aaaa);
        Advance(10);
        await resolver.QueryAsync(Name, DnsRecordType.A);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.Txt);

        answer.ResponseCode.Should().Be(DnsResponseCode.NxDomain);
        answer.ExpiresAt.Should().Be(Time.GetUtcNow() - Seconds(10) + server.NegativeTtl, "the shorter one counts");
        server.Queries.Should().HaveCount(2);
    }

    [Fact]
    public async Task QueryAsync_OneFamilySaidNxDomain_CoversNoOtherType()
    {
        DnsTestServer server = StartServer().AddAddress(Name, "192.0.2.1").On(Name, DnsRecordType.Aaaa, (_, response) => response.Code(DnsResponseCode.NxDomain));
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsAddressRecord> addresses = await resolver.ResolveAddressesAsync(Name);

        await resolver.QueryAsync(Name, DnsRecordType.Txt);

        addresses.Records.Should().HaveCount(1);
        Count(server, DnsRecordType.Txt).Should().Be(1);
    }

    [Fact]
    public async Task QueryAsync_NxDomainBesideALivePositive_HidesNothing()
    {
        DnsTestServer server = StartServer().AddRecord(new DnsTxtRecord(Name, Seconds(300), ["text"]))
            .On(Name, DnsRecordType.Aaaa, (_, response) => response.Code(DnsResponseCode.NxDomain))
            .On(Name, DnsRecordType.A, (_, response) => response.Code(DnsResponseCode.NxDomain));
        DnsResolver resolver = CreateResolver(server);
        await resolver.QueryAsync(Name, DnsRecordType.Txt);
        await resolver.QueryAsync(Name, DnsRecordType.Aaaa);
        await resolver.QueryAsync(Name, DnsRecordType.A);

        DnsAnswer<DnsRecord> text = await resolver.QueryAsync(Name, DnsRecordType.Txt);
        await resolver.QueryAsync(Name, DnsRecordType.Mx);

        text.Records.Should().HaveCount(1);
        Count(server, DnsRecordType.Txt).Should().Be(1);
        Count(server, DnsRecordType.Mx).Should().Be(1, "the name is known to exist");
    }

    [Fact]
    public async Task QueryAsync_NxDomainAtTheEndOfAnAlias_IsOfTheTargetNotOfTheAlias()
    {
        DnsTestServer server = StartServer().AddCName(Name, "gone.test");
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.Aaaa);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        await resolver.QueryAsync(Name, DnsRecordType.A);
        Count(server).Should().Be(2, "it is kept for the asked name and type");

        await resolver.QueryAsync(Name, DnsRecordType.Txt);

        answer.ResponseCode.Should().Be(DnsResponseCode.NxDomain);
        Count(server, DnsRecordType.Txt).Should().Be(1, "the alias itself exists");
    }

    [Fact]
    public async Task QueryAsync_AliasShorterThanTheNegative_BoundsIt()
    {
        DnsTestServer server = StartServer().AddCName(Name, "gone.test", Seconds(10));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync(Name, DnsRecordType.A);

        answer.ExpiresAt.Should().Be(Time.GetUtcNow() + Seconds(10));
    }

    [Fact]
    public async Task ResolveAddressesAsync_MaxNegativeTtlZero_KeepsNoNegative()
    {
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(options => options.Cache.MaxNegativeTtl = TimeSpan.Zero, server);

        await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask()).Should().ThrowAsync<DnsException>();
        await resolver.Awaiting(r => r.ResolveAddressesAsync(Name).AsTask()).Should().ThrowAsync<DnsException>();

        server.Queries.Should().HaveCount(4);
    }
}

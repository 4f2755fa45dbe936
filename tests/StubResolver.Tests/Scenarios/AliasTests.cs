using System.Net;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>CNAME and DNAME in answers, and the order of records.</summary>
public sealed class AliasTests : ScenarioTestBase
{
    private static readonly TimeSpan s_ttl = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task ChainInOneAnswer_IsFollowed_LowestTtlCounts()
    {
        DnsTestServer server = StartServer()
            .AddCName("a.test", "b.test", TimeSpan.FromSeconds(30)).AddCName("b.test", "c.test").AddAddress("c.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A);

        answer.Records.Should().ContainSingle().Which.Name.Should().Be("c.test");
        (answer.Name, answer.CanonicalName).Should().Be(("a.test", "c.test"));
        answer.ExpiresAt.Should().Be(Time.GetUtcNow() + TimeSpan.FromSeconds(30));
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task ChainWithoutItsEnd_TheTargetIsAskedFor()
    {
        DnsTestServer server = StartServer().AddAddress("c.test", "192.0.2.1")
            .On("a.test", (_, response) => response.AddAnswer(new DnsCNameRecord("a.test", s_ttl, "c.test")));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A);
        await resolver.QueryAsync("a.test", DnsRecordType.A);

        answer.CanonicalName.Should().Be("c.test");
        answer.ExpiresAt.Should().Be(Time.GetUtcNow() + s_ttl, "the alias lives shortest");
        server.Queries.Select(query => query.Name).Should().Equal("a.test", "c.test");
    }

    [Fact]
    public async Task ChainEndsWithSoa_IsNoDataOfTheTarget()
    {
        DnsTestServer server = StartServer().AddCName("a.test", "b.test").AddAddress("b.test", "192.0.2.1");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.Txt);

        (answer.Records.Count, answer.ResponseCode, answer.CanonicalName).Should().Be((0, DnsResponseCode.NoError, "b.test"));
        server.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task AliasOfANameThatDoesNotExist_IsNxDomain()
    {
        DnsTestServer server = StartServer().AddCName("a.test", "nosuch.test");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A);

        (answer.ResponseCode, answer.CanonicalName).Should().Be((DnsResponseCode.NxDomain, "nosuch.test"));
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public async Task ExtraQueries_AtMost8(int aliases, bool isAnswered)
    {
        DnsTestServer server = StartServer().AddAddress($"n{aliases}.test", "192.0.2.1");
        for (int i = 0; i < aliases; i++)
        {
            DnsCNameRecord alias = new($"n{i}.test", s_ttl, $"n{i + 1}.test");
            server.On(alias.Name, (_, response) => response.AddAnswer(alias));
        }

        DnsResolver resolver = CreateResolver(server);

        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync("n0.test", DnsRecordType.A).AsTask();
        Func<Task> act = () => lookup.WaitAsync(Guard);

        if (isAnswered)
        {
            await act.Should().NotThrowAsync();
        }
        else
        {
            (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.MalformedResponse);
        }

        server.Queries.Should().HaveCount(9);
    }

    [Fact]
    public async Task Loop_IsMalformed()
    {
        DnsTestServer server = StartServer().On("a.test", (_, response) => response.AddAnswer(
            new DnsCNameRecord("a.test", s_ttl, "b.test"), new DnsCNameRecord("b.test", s_ttl, "a.test")));
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, server);

        Func<Task> act = () => resolver.ResolveAddressesAsync("a.test").AsTask().WaitAsync(Guard);

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.MalformedResponse);
    }

    [Fact]
    public async Task TwoCanonicalNames_AreMalformed()
    {
        DnsTestServer server = StartServer().On("a.test", (_, response) => response.AddAnswer(
            new DnsCNameRecord("a.test", s_ttl, "b.test"),
            new DnsCNameRecord("a.test", s_ttl, "c.test"),
            new DnsAddressRecord("b.test", s_ttl, IPAddress.Parse("192.0.2.1"))));
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, server);

        Func<Task> act = () => resolver.QueryAsync("a.test", DnsRecordType.A).AsTask().WaitAsync(Guard);

        (await act.Should().ThrowAsync<DnsException>()).Which.DnsError.Should().Be(DnsError.MalformedResponse);
    }

    [Fact]
    public async Task DName_IsFollowed()
    {
        DnsTestServer server = StartServer().On("w.a.test", (_, response) => response.AddAnswer(
            new DnsDNameRecord("a.test", s_ttl, "b.example"), new DnsAddressRecord("w.b.example", s_ttl, IPAddress.Parse("192.0.2.1"))));
        DnsResolver resolver = CreateResolver(server);

        (await resolver.QueryAsync("w.a.test", DnsRecordType.A)).CanonicalName.Should().Be("w.b.example");
    }

    [Fact]
    public async Task RecordsOutsideTheChain_AreDroppedAndNeverCached()
    {
        DnsAddressRecord planted = new("victim.test", s_ttl, IPAddress.Parse("192.0.2.66"));
        DnsTestServer server = StartServer().AddAddress("victim.test", "192.0.2.2").AddAddress("a.test", "192.0.2.1")
            .On("a.test", (_, response) => response.AddAnswer(planted).AddAuthority(planted).AddAdditional(planted));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A);
        DnsAnswer<DnsRecord> victim = await resolver.QueryAsync("victim.test", DnsRecordType.A);

        answer.Records.Should().ContainSingle();
        victim.Records.Should().ContainSingle().Which.Should().BeOfType<DnsAddressRecord>()
            .Which.Address.Should().Be(IPAddress.Parse("192.0.2.2"));
    }

    [Fact]
    public async Task ResolveCName_TheAliasItself()
    {
        DnsTestServer server = StartServer().AddCName("a.test", "b.test").AddCName("b.test", "c.test");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsCNameRecord> answer = await resolver.ResolveCNameAsync("a.test");

        answer.Records.Should().ContainSingle().Which.CanonicalName.Should().Be("b.test");
    }

    [Fact]
    public async Task AliasOfASpecialName_IsNotSent()
    {
        DnsTestServer server = StartServer()
            .On("a.test", (_, response) => response.AddAnswer(new DnsCNameRecord("a.test", s_ttl, "x.invalid")));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsRecord> answer = await resolver.QueryAsync("a.test", DnsRecordType.A);

        answer.Records.Should().BeEmpty();
        server.Queries.Should().OnlyContain(query => query.Name == "a.test");
    }

    [Fact]
    public async Task Addresses_AreOrderedOnceForTheLifeOfTheEntry()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "255.255.255.255").AddAddress("a.test", "127.0.0.1").AddAddress("a.test", "::1");
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync("a.test");
        Time.Advance(TimeSpan.FromSeconds(30));
        DnsAnswer<DnsAddressRecord> later = await resolver.ResolveAddressesAsync("a.test");

        answer.Records.Select(record => record.Address.ToString()).Should().Equal("::1", "127.0.0.1", "255.255.255.255");
        later.Should().BeSameAs(answer);
    }

    [Fact]
    public async Task Services_AreOrderedByPriorityThenWeight_MailExchangesByPreference()
    {
        DnsTestServer server = StartServer();
        foreach ((int priority, string target) in new[] { (30, "c.test"), (10, "a.test"), (20, "b.test") })
        {
            server.AddRecord(new DnsSrvRecord("_x._tcp.test", s_ttl, priority, 1, 443, target)).AddRecord(new DnsMxRecord("m.test", s_ttl, priority, target));
        }

        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsSrvRecord> services = await resolver.ResolveSrvAsync("_x._tcp.test");
        DnsAnswer<DnsMxRecord> exchanges = await resolver.ResolveMxAsync("m.test");

        services.Records.Select(record => record.Target).Should().Equal("a.test", "b.test", "c.test");
        exchanges.Records.Select(record => record.Exchange).Should().Equal("a.test", "b.test", "c.test");
    }
}

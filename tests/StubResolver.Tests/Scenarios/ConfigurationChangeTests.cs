using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Edits of the system's files while a resolver is in use.</summary>
public sealed class ConfigurationChangeTests : ScenarioTestBase
{
    private static readonly TimeSpan s_latest = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task OtherServer_NewLookups_AskItWithin6S()
    {
        DnsTestServer before = StartServer().AddAddress("a.test", "127.0.0.1");
        DnsTestServer after = StartServer().AddAddress("a.test", "127.0.0.2").AddAddress("b.test", "127.0.0.2");
        Use(before);
        DnsResolver resolver = CreateResolver();
        await ResolveAsync(resolver, "a.test");
        await FailAsync(resolver, "b.test");
        int sent = before.Queries.Count;

        Use(after);
        Time.Advance(s_latest);

        (await ResolveAsync(resolver, "a.test")).Should().Equal(["127.0.0.2"], "cached answers were another server's");
        (await ResolveAsync(resolver, "b.test")).Should().Equal(["127.0.0.2"], "cached failures were another server's");
        before.Queries.Should().HaveCount(sent);
    }

    [Fact]
    public async Task OtherServerAndSuffix_LookupInFlight_EndsWithWhatItHadAndLeavesNothingBehind()
    {
        TaskCompletionSource gate = new();
        DnsTestServer before = StartServer().AddAddress("db", "127.0.0.1").On("db.x.test", (_, response) => response.DelayUntil(gate.Task));
        DnsTestServer after = StartServer().AddAddress("db.y.test", "127.0.0.2");
        Use(before, "search x.test\noptions ndots:2 timeout:30");
        DnsResolver resolver = CreateResolver(options => options.LookupTimeout = TimeSpan.FromMinutes(5));
        Task<DnsAnswer<DnsAddressRecord>> inFlight = resolver.ResolveAddressesAsync("db").AsTask();
        await before.WaitForQueriesAsync(1).WaitAsync(Guard);

        Use(after, "search y.test\noptions ndots:2 timeout:30");
        Time.Advance(s_latest);
        DnsAnswer<DnsAddressRecord> meanwhile = await resolver.ResolveAddressesAsync("db").AsTask().WaitAsync(Guard);
        gate.SetResult();
        DnsAnswer<DnsAddressRecord> late = await inFlight.WaitAsync(Guard);
        DnsAnswer<DnsAddressRecord> again = await resolver.ResolveAddressesAsync("db");

        meanwhile.CanonicalName.Should().Be("db.y.test");
        (late.CanonicalName, late.Records.Single().Address.ToString()).Should().Be(("db", "127.0.0.1"), "it ends with the servers and suffixes it began with");
        again.Should().BeSameAs(meanwhile);
        after.Queries.Should().OnlyContain(query => query.Name == "db.y.test").And.HaveCount(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nameserv")]
    [InlineData("search x.test")]
    [InlineData("\0\0\0\0\0\0\0\0")]
    public async Task FileHalfWritten_NewLookups_AskTheServersOfBefore(string text)
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1").AddAddress("b.test", "127.0.0.1");
        Use(server);
        DnsResolver resolver = CreateResolver();
        DnsAnswer<DnsAddressRecord> known = await resolver.ResolveAddressesAsync("a.test").AsTask().WaitAsync(Guard);

        Host.ResolvConf = text;
        Time.Advance(s_latest);

        (await resolver.ResolveAddressesAsync("a.test")).Should().BeSameAs(known, "no new generation began");
        (await ResolveAsync(resolver, "b.test")).Should().Equal("127.0.0.1");
    }

    [Fact]
    public async Task NameAddedToTheHostsFile_WinsOverTheCacheWithin6S()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "127.0.0.1");
        Use(server);
        DnsResolver resolver = CreateResolver();
        await ResolveAsync(resolver, "a.test");

        Host.Hosts = "192.0.2.1 a.test";
        Time.Advance(s_latest);

        (await ResolveAsync(resolver, "a.test")).Should().Equal("192.0.2.1");
    }

    [Fact]
    public async Task OptionsSetInCode_FileChanged_StillWin()
    {
        DnsTestServer server = StartServer().AddAddress("a.x.test", "127.0.0.1");
        DnsTestServer other = StartServer();
        DnsResolver resolver = CreateResolver(options => (options.SearchDomains, options.Ndots) = (["x.test"], 2), server);

        Use(other, "search y.test\noptions ndots:0");
        Time.Advance(s_latest);

        (await resolver.ResolveAddressesAsync("a")).CanonicalName.Should().Be("a.x.test");
        server.Queries.Should().OnlyContain(query => query.Name == "a.x.test");
        other.Queries.Should().BeEmpty();
    }

    private void Use(DnsTestServer server, string more = "") => Host.ResolvConf = $"nameserver [::ffff:127.0.0.1]:{server.EndPoint.Port}\n{more}";

    private static async Task<IEnumerable<string>> ResolveAsync(DnsResolver resolver, string name) =>
        (await resolver.ResolveAddressesAsync(name).AsTask().WaitAsync(Guard)).Records.Select(record => record.Address.ToString());

    private static async Task FailAsync(DnsResolver resolver, string name)
    {
        Func<Task> act = () => resolver.ResolveAddressesAsync(name).AsTask().WaitAsync(Guard);
        await act.Should().ThrowAsync<DnsException>();
    }
}

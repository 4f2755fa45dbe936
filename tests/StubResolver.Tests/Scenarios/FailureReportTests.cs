using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>What an exception tells of servers, of the cache and of the configuration.</summary>
public sealed class FailureReportTests : ScenarioTestBase
{
    [Fact]
    public async Task Timeout_OneServerRefused_SaysThatItAnswered()
    {
        DnsTestServer refuses = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.Refused));
        DnsTestServer silent = StartSilentServer();
        DnsResolver resolver = CreateResolver(options => options.LookupTimeout = TimeSpan.FromMilliseconds(500), refuses, silent);

        Task<DnsAnswer<DnsRecord>> lookup = resolver.QueryAsync("a.test", DnsRecordType.Mx).AsTask();
        await silent.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(TimeSpan.FromMilliseconds(500));

        DnsException exception = await FailAsync(lookup);
        exception.DnsError.Should().Be(DnsError.Timeout);
        exception.Message.Should().StartWith(
            $"The lookup of 'a.test' failed: the time was over: {refuses.EndPoint} answered Refused; {silent.EndPoint} did not answer in time (2 queries to 2 servers; last ");
    }

    [Fact]
    public async Task NetworkError_NobodyListens_IsARefusalNotSilence()
    {
        DnsTestServer gone = DnsTestServer.Start();
        await gone.DisposeAsync();
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, gone);

        DnsException exception = await FailAsync(resolver.QueryAsync("a.test", DnsRecordType.A).AsTask());

        exception.Message.Should().Contain($"failed: {gone.EndPoint} refused the connection (").And.NotContain("in time");
    }

    [Fact]
    public async Task ServerFailure_FromEachServer_NamesTheirCodes()
    {
        DnsTestServer[] servers =
        [
            .. Enumerable.Range(0, 4).Select(i => StartServer().OnAnyQuery((_, response) =>
                response.Code(i == 0 ? DnsResponseCode.NotImplemented : DnsResponseCode.Refused))),
        ];
        DnsResolver resolver = CreateResolver(servers);

        DnsException exception = await FailAsync(resolver.QueryAsync("a.test", DnsRecordType.A).AsTask());

        exception.Message.Should().Contain(
            $"{servers[0].EndPoint} answered NotImplemented; {servers[1].EndPoint} answered Refused; {servers[2].EndPoint} answered Refused; 1 other server failed, too");
    }

    [Fact]
    public async Task RememberedFailure_SaysSoWithAgeServerAndQueries()
    {
        DnsTestServer server = StartServer().OnAnyQuery((_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(server);

        DnsException first = await FailAsync(resolver.QueryAsync("a.test", DnsRecordType.A).AsTask());
        Time.Advance(TimeSpan.FromMilliseconds(500));
        DnsException query = await FailAsync(resolver.QueryAsync("a.test", DnsRecordType.A).AsTask());
        DnsException addresses = await FailAsync(resolver.ResolveAddressesAsync("a.test.", System.Net.Sockets.AddressFamily.InterNetwork).AsTask());

        server.Queries.Should().ContainSingle();
        (first.IsFromCache, first.Age).Should().Be((false, null));
        foreach (DnsException remembered in new[] { query, addresses })
        {
            remembered.IsFromCache.Should().BeTrue();
            remembered.Age.Should().BeCloseTo(TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(1));
            remembered.Attempts.Select(attempt => attempt.ToString()).Should().Equal(first.Attempts.Select(attempt => attempt.ToString()));
            remembered.Message.Should().Contain($"{server.EndPoint} answered Refused").And.EndWith("This is remembered for 0.5 s; nothing was sent now.");
            remembered.ToString().Should().Contain("Remembered for 0.5 s").And.Contain($"{server.EndPoint} UDP A a.test: Refused");
        }
    }

    [Fact]
    public async Task NameThatDoesNotExist_FromTheCache_SaysSoWithAgeServerAndQueries()
    {
        Host.ResolvConf = "search x.test";
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        DnsException first = await FailAsync(resolver.ResolveAddressesAsync("nosuch").AsTask());
        DnsException text = await FailAsync(resolver.ResolveTxtAsync("nosuch").AsTask());
        int sent = server.Queries.Count;
        Time.Advance(TimeSpan.FromSeconds(7));
        DnsException again = await FailAsync(resolver.ResolveAddressesAsync("nosuch").AsTask());
        DnsException textAgain = await FailAsync(resolver.ResolveTxtAsync("nosuch").AsTask());

        server.Queries.Should().HaveCount(sent);
        first.IsFromCache.Should().BeFalse();
        text.IsFromCache.Should().BeTrue("that there is no such name at all was known");
        (again.IsFromCache, again.Age, textAgain.Age).Should().Be((true, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)));
        again.Attempts.Select(attempt => attempt.Name).Distinct().Should().Equal("nosuch.x.test", "nosuch");
        again.Message.Should().Be($"The name 'nosuch' does not exist. This is remembered for 7.0 s, from {server.EndPoint}; nothing was sent now.");
    }

    [Fact]
    public async Task OneFamilyFailed_FromTheCache_PartialFailureSaysSo()
    {
        DnsTestServer server = StartServer().AddAddress("a.test", "192.0.2.1", TimeSpan.FromSeconds(1))
            .On("a.test", DnsRecordType.Aaaa, (_, response) => response.Code(DnsResponseCode.Refused));
        DnsResolver resolver = CreateResolver(server);

        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync("a.test.").AsTask().WaitAsync(Guard);
        Time.Advance(TimeSpan.FromSeconds(2));
        DnsAnswer<DnsAddressRecord> second = await resolver.ResolveAddressesAsync("a.test.").AsTask().WaitAsync(Guard);

        first.PartialFailure!.IsFromCache.Should().BeFalse();
        (second.PartialFailure!.IsFromCache, second.PartialFailure.Age).Should().Be((true, TimeSpan.FromSeconds(2)));
    }

    [Fact]
    public async Task FirstFailure_NobodyLogs_CarriesWhatIsWrongWithTheConfiguration()
    {
        Host.ResolvConf = "nameserver dns.google\nnameserver 192.0.2.53";
        DnsTestServer server = StartServer();
        DnsResolver resolver = CreateResolver(server);

        DnsException local = await FailAsync(resolver.ResolveAddressesAsync("a.invalid.").AsTask());
        DnsException first = await FailAsync(resolver.ResolveAddressesAsync("nosuch.test.").AsTask());
        DnsException second = await FailAsync(resolver.ResolveAddressesAsync("nosuch2.test.").AsTask());

        first.Message.Should().Be(
            "The name 'nosuch.test.' does not exist. /fake/resolv.conf has lines that cannot be used, and are ignored: nameserver dns.google.");
        local.Message.Should().NotContain("resolv.conf", "no server had a part in it");
        second.Message.Should().NotContain("resolv.conf");
    }

    private static async Task<DnsException> FailAsync(Task lookup)
    {
        Func<Task> act = () => lookup.WaitAsync(Guard);
        return (await act.Should().ThrowAsync<DnsException>()).Which;
    }
}

using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>How long an unanswered AAAA holds back A.</summary>
public sealed class AddressPatienceTests : ScenarioTestBase
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task Parallel_BothAtOnce_FromTwoPorts()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateResolver(options => options.AddressQueryOrder = DnsAddressOrder.Parallel, server);

        _ = resolver.ResolveAddressesAsync("a.test").AsTask();
        IReadOnlyList<DnsTestQuery> queries = await server.WaitForQueriesAsync(2).WaitAsync(Guard);

        queries.Select(query => query.Type).Should().BeEquivalentTo([DnsRecordType.Aaaa, DnsRecordType.A]);
        queries.Select(query => query.Source.Port).Should().OnlyHaveUniqueItems("one port for both is what connection tracking loses");
    }

    [Fact]
    public async Task PatienceInfinite_AOnlyAfterAaaaEnded()
    {
        DnsTestServer server = StartServerWithoutAaaa();
        DnsResolver resolver = CreateResolver(
            options =>
            {
                options.SequentialPatience = Timeout.InfiniteTimeSpan;
                options.AttemptTimeout = TimeSpan.FromSeconds(2);
                options.Attempts = 1;
            },
            server);

        for (int name = 0; name < 5; name++)
        {
            Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync($"n{name}.test").AsTask();
            await server.WaitForQueriesAsync((2 * name) + 1).WaitAsync(Guard);
            Time.Advance(TimeSpan.FromSeconds(1.9));
            await SettleAsync();
            Time.Advance(TimeSpan.FromSeconds(0.1));
            (await lookup.WaitAsync(Guard)).PartialFailure!.DnsError.Should().Be(DnsError.Timeout);
        }

        foreach (IGrouping<string, DnsTestQuery> name in server.Queries.GroupBy(query => query.Name))
        {
            TimeSpan gap = name.Single(query => query.Type == DnsRecordType.A).Elapsed - name.Single(query => query.Type == DnsRecordType.Aaaa).Elapsed;
            gap.Should().Be(TimeSpan.FromSeconds(2), "a server that leaves AAAA silent changes nothing about strict order");
        }
    }

    [Fact]
    public async Task PatienceZero_AAtOnce()
    {
        DnsTestServer server = StartSilentServer();
        DnsResolver resolver = CreateResolver(options => options.SequentialPatience = TimeSpan.Zero, server);

        _ = resolver.ResolveAddressesAsync("a.test").AsTask();

        (await server.WaitForQueriesAsync(2).WaitAsync(Guard)).Should().HaveCount(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task ThreeNamesWithSilentAaaa_NoPatienceWithThatServer(int secondsBetween)
    {
        DnsTestServer server = StartServerWithoutAaaa();
        DnsResolver resolver = CreateResolver(server);
        for (int name = 0; name < 3; name++)
        {
            await ResolveAsync(resolver, server, $"n{name}.test");
            Time.Advance(TimeSpan.FromSeconds(secondsBetween));
            await AdvanceUntilAsync(
                () => secondsBetween == 0 || resolver.Pipeline.Engine.RunningCount == 0, TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1));
        }

        _ = resolver.ResolveAddressesAsync("n3.test").AsTask();
        IReadOnlyList<DnsTestQuery> queries = await server.WaitForQueriesAsync(2, query => query.Name == "n3.test").WaitAsync(Guard);

        queries.Select(query => query.Type).Should().BeEquivalentTo([DnsRecordType.Aaaa, DnsRecordType.A], "no time has passed");
    }

    [Fact]
    public async Task OneNameAskedByManyCallers_CountsOnce()
    {
        DnsTestServer server = StartServerWithoutAaaa();
        DnsResolver resolver = CreateResolver(options => options.Attempts = 1, server); // a thread held up for long must not see AAAA sent again
        Task<DnsAnswer<DnsAddressRecord>>[] lookups = [.. Enumerable.Range(0, 9).Select(_ => resolver.ResolveAddressesAsync("n0.test").AsTask())];
        await server.WaitForQueriesAsync(1).WaitAsync(Guard);
        Time.Advance(s_patience);
        await AdvanceUntilEndAsync(Task.WhenAll(lookups), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5));

        Task<DnsAnswer<DnsAddressRecord>> other = resolver.ResolveAddressesAsync("n1.test").AsTask();
        DnsTestQuery aaaa = (await server.WaitForQueriesAsync(1, query => query.Name == "n1.test").WaitAsync(Guard))[0];
        Time.Advance(s_patience);
        IReadOnlyList<DnsTestQuery> queries = await server.WaitForQueriesAsync(2, query => query.Name == "n1.test").WaitAsync(Guard);

        aaaa.Type.Should().Be(DnsRecordType.Aaaa);
        (queries[1].Elapsed - aaaa.Elapsed).Should().Be(s_patience);
        server.Queries.Count(query => query.Name == "n0.test").Should().Be(2);
        await AdvanceUntilEndAsync(other, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task SecondServerInUse_ItsOwnSilenceCounts()
    {
        DnsTestServer gone = DnsTestServer.Start();
        await gone.DisposeAsync();
        DnsTestServer server = StartServerWithoutAaaa();
        DnsResolver resolver = CreateResolver(gone, server);
        for (int name = 0; name < 3; name++)
        {
            await ResolveAsync(resolver, server, $"n{name}.test");
        }

        _ = resolver.ResolveAddressesAsync("n3.test").AsTask();
        IReadOnlyList<DnsTestQuery> queries = await server.WaitForQueriesAsync(2, query => query.Name == "n3.test").WaitAsync(Guard);

        queries.Should().HaveCount(2, "the server that is asked first is the one known to be silent");
    }

    private DnsTestServer StartServerWithoutAaaa()
    {
        DnsTestServer server = StartServer();
        server.OnAnyQuery((query, response) =>
        {
            if (query.Type == DnsRecordType.Aaaa)
            {
                response.Drop();
            }
            else
            {
                response.AddAddress("127.0.0.1");
            }
        });
        return server;
    }

    private async Task ResolveAsync(DnsResolver resolver, DnsTestServer server, string name)
    {
        Task<DnsAnswer<DnsAddressRecord>> lookup = resolver.ResolveAddressesAsync(name).AsTask();
        await server.WaitForQueriesAsync(1, query => query.Name == name).WaitAsync(Guard);
        Time.Advance(s_patience);
        await server.WaitForQueriesAsync(2, query => query.Name == name).WaitAsync(Guard);
        await AdvanceUntilEndAsync(lookup, TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(700));
    }
}

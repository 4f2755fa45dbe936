using System.Net.Sockets;
using StubResolver.Testing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Refreshes and stale answers of names that the search list applies to.</summary>
public sealed class SearchRefreshTests : CacheScenarioBase
{
    private const string Suffixed = "name.x.test";
    private const string SuffixedToo = "name.y.test";

    [Theory]
    [InlineData("refused")]
    [InlineData("lame")]
    public async Task ResolveAddressesAsync_RefreshPassesFailedCandidate_LeavesWhatIsKnown(string how)
    {
        string state = "";
        DnsTestServer server = StartSearchServer(SuffixedToo);
        server.On(Suffixed, (_, response) => Break(response, state));
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsAddressRecord> first = await resolver.ResolveAddressesAsync("name", AddressFamily.InterNetwork);
        state = how;
        Advance(58);
        int sent = server.Queries.Count;

        await resolver.ResolveAddressesAsync("name", AddressFamily.InterNetwork);
        await server.WaitForQueriesAsync(sent + 2).WaitAsync(Guard);
        await SettleAsync();
        Advance(1.5);

        (await resolver.ResolveAddressesAsync("name", AddressFamily.InterNetwork)).Should().BeSameAs(first, "a failed refresh leaves the entry until its end");
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("lame")]
    public async Task ResolveMxAsync_RefreshPassesFailedCandidate_LeavesWhatIsKnown(string how)
    {
        string state = "";
        DnsTestServer server = StartSearchServer().AddRecord(new DnsMxRecord(SuffixedToo, Seconds(60), 10, "mail.test"));
        server.On(Suffixed, (_, response) => Break(response, state));
        DnsResolver resolver = CreateResolver(server);
        DnsAnswer<DnsMxRecord> first = await resolver.ResolveMxAsync("name");
        state = how;
        Advance(58);
        int sent = server.Queries.Count;

        await resolver.ResolveMxAsync("name");
        await server.WaitForQueriesAsync(sent + 2).WaitAsync(Guard);
        await SettleAsync();
        Advance(1.5);

        (await resolver.ResolveMxAsync("name")).Should().BeSameAs(first);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Resolve_OnlyALaterCandidateIsKept_IsNotServedStaleInPlaceOfAnEarlierOne(bool isTyped)
    {
        DnsTestServer server = StartSearchServer(SuffixedToo).AddRecord(new DnsTxtRecord(SuffixedToo, Seconds(60), ["later"]));
        DnsResolver resolver = CreateResolver(options => options.Cache.MaxStale = TimeSpan.FromHours(1), server);
        await resolver.ResolveAddressesAsync(SuffixedToo + ".", AddressFamily.InterNetwork);
        await resolver.ResolveTxtAsync(SuffixedToo + ".");
        Advance(60);
        server.On(Suffixed, (query, response) => response.DelayUntil(Task.Delay(Timeout.Infinite)));
        int sent = server.Queries.Count;

        Task lookup = isTyped ? resolver.ResolveTxtAsync("name").AsTask() : resolver.ResolveAddressesAsync("name", AddressFamily.InterNetwork).AsTask();
        await server.WaitForQueriesAsync(sent + 1).WaitAsync(Guard);
        Advance(2);
        await SettleAsync();

        lookup.IsCompleted.Should().BeFalse("the candidate before it may exist, and be slow");
    }

    private DnsTestServer StartSearchServer(string? nameWithAddress = null)
    {
        Host.ResolvConf = "search x.test y.test\noptions ndots:1";
        DnsTestServer server = StartServer();
        server.NegativeTtl = Seconds(60);
        return nameWithAddress is null ? server : server.AddAddress(nameWithAddress, "192.0.2.1", Seconds(60));
    }

    private static void Break(DnsTestResponse response, string state) => _ = state switch
    {
        "refused" => response.Code(DnsResponseCode.Refused),
        "lame" => response.Code(DnsResponseCode.NoError).ClearRecords().ClearFlags(DnsTestFlags.RA).NoEdns(),
        _ => response,
    };
}

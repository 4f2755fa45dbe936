using System.Net;

namespace StubResolver.Tests.Http;

/// <summary>A record that moves from one server to another while requests of all kinds run.</summary>
public class DnsFollowingHandlerTests : DnsFollowingHandlerTestBase
{
    [Theory]
    [InlineData("http", "1.1")]
    [InlineData("http", "2.0")]
    [InlineData("https", "1.1")]
    [InlineData("https", "2.0")]
    public async Task SendAsync_RecordMoves_NewRequestsGoToTheNewServerAndNothingIsCut(string scheme, string version)
    {
        Version httpVersion = new(version);
        string uri = Uri(scheme, httpVersion);
        using HttpMessageInvoker client = CreateClient();
        string before = await client.ReadAsync(uri, httpVersion);
        await Resolver.DeliveredAsync(Host);
        using HttpRequestMessage streamed = HttpRequests.Create(uri + "stream", httpVersion);
        using HttpResponseMessage streaming = await client.SendAsync(streamed, CancellationToken.None);
        Task<string> late = client.ReadAsync(uri + "late", httpVersion);
        await ReceivedByOldAsync(3);

        await Resolver.ChangeAndDeliverAsync(Host, NewAddress);
        string[] after = [await client.ReadAsync(uri, httpVersion), await client.ReadAsync(uri, httpVersion)];
        bool wasLate = late.IsCompleted;
        Old.Release();

        before.Should().Be("old");
        after.Should().Equal("new", "new");
        wasLate.Should().BeFalse();
        (await late).Should().Be("old", "a request under way is not cut");
        (await streaming.Content.ReadAsStringAsync()).Should().Be("old end", "a response under way is not cut");
        Handlers.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task SendAsync_PlainHandler_StaysAtTheOldServer(string version)
    {
        using HttpClient client = new(HttpRequests.CreateHandler().UseDnsResolver(Resolver));
        string uri = Uri("https", new Version(version));
        string before = await client.ReadAsync(uri, new Version(version));

        Resolver.Change(Host, NewAddress);
        string after = await client.ReadAsync(uri, new Version(version));

        (before, after).Should().Be(("old", "old"), "this is what following is for");
    }

    [Fact]
    public async Task SendAsync_RecordMovesAgainAndAgainUnderLoad_EveryRequestSucceeds()
    {
        using HttpMessageInvoker client = CreateClient();
        using CancellationTokenSource stop = new();
        await client.ReadAsync(Uri("https", HttpVersion.Version20), HttpVersion.Version20);
        await Resolver.DeliveredAsync(Host);
        Version[] versions = [HttpVersion.Version11, HttpVersion.Version20];
        Task[] load = [.. Enumerable.Range(0, 8).Select(i => Task.Run(() => KeepSendingAsync(client, versions[i % 2], stop.Token)))];

        for (int i = 0; i < 20; i++)
        {
            string address = i % 2 == 0 ? NewAddress : OldAddress;
            Time.Advance(TimeSpan.FromMinutes(4)); // twice the hold and more: a replacement is due at once
            await Resolver.ChangeAndDeliverAsync(Host, address);
            await ReplacedAsync(client, i + 2);
            (await client.ReadAsync(Uri("https", HttpVersion.Version20), HttpVersion.Version20)).Should().Be(address == NewAddress ? "new" : "old");
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        Handlers.Should().HaveCount(21);
    }

    [Fact]
    public async Task SendAsync_AddressIsAdded_KeepsTheHandler()
    {
        using HttpMessageInvoker client = CreateClient();
        await client.ReadAsync(Uri());
        await Resolver.DeliveredAsync(Host);

        await Resolver.ChangeAndDeliverAsync(Host, OldAddress, NewAddress);
        string after = await client.ReadAsync(Uri());

        (after, Handlers.Count).Should().Be(("old", 1));
    }

    [Fact]
    public async Task SendAsync_AddressThatNothingIsConnectedToLeaves_KeepsTheHandler()
    {
        Resolver.Change(Host, OldAddress, NewAddress);
        using HttpMessageInvoker client = CreateClient(new DnsConnectorOptions { AddressPolicy = target => target.Address.ToString() == OldAddress });
        await client.ReadAsync(Uri());
        await Resolver.DeliveredAsync(Host);

        await Resolver.ChangeAndDeliverAsync(Host, OldAddress);
        await client.ReadAsync(Uri());

        Handlers.Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_ConnectionToTheOldAddressIsClosed_KeepsTheHandler()
    {
        using HttpMessageInvoker client = CreateClient();
        await client.ReadAsync(Uri() + "close");
        await Resolver.DeliveredAsync(Host);

        await Resolver.ChangeAndDeliverAsync(Host, NewAddress);
        string after = await client.ReadAsync(Uri());

        (after, Handlers.Count).Should().Be(("new", 1), "no connection leads to the old address");
    }

    [Fact]
    public async Task SendAsync_RecordMovesWhileAConnectIsUnderWay_ReplacesTheHandlerAfterIt()
    {
        Action duringConnect = () => { };
        using HttpMessageInvoker client = CreateClient(new DnsConnectorOptions { ConfigureSocket = _ => duringConnect() });
        await client.ReadAsync(Uri() + "close");
        await Resolver.DeliveredAsync(Host);
        duringConnect = () =>
        {
            duringConnect = () => { };
            Task.Run(() => Resolver.ChangeAndDeliverAsync(Host, NewAddress)).GetAwaiter().GetResult(); // after the lookup, before the connection
        };

        string during = await client.ReadAsync(Uri());
        string after = await client.ReadAsync(Uri());

        (during, after).Should().Be(("old", "new"));
    }

    [Fact]
    public async Task SendAsync_LookupSawWhatTheWatchDidNot_AsksTheWatchAnew()
    {
        Resolver.Add("out-of-step.test", NewAddress);
        using HttpMessageInvoker client = CreateClient();
        await client.ReadAsync(Uri() + "close");
        await Resolver.DeliveredAsync(Host);
        Resolver.LookupDetour = "out-of-step.test";

        string during = await client.ReadAsync(Uri());
        Resolver.LookupDetour = null;
        await Resolver.DeliveredAsync(Host);
        string after = await client.ReadAsync(Uri());

        (during, after).Should().Be(("new", "old"), "a watch does not tell of a set that it has told of");
        Resolver.Watches.Should().Equal(Host);
    }

    [Fact]
    public async Task SendAsync_ChangesFollowEachOther_AreHeldThenTakeEffect()
    {
        using HttpMessageInvoker client = CreateClient();
        await client.ReadAsync(Uri());
        await Resolver.DeliveredAsync(Host);
        await Resolver.ChangeAndDeliverAsync(Host, NewAddress);
        string first = await client.ReadAsync(Uri());

        await Resolver.ChangeAndDeliverAsync(Host, OldAddress);
        Time.Advance(TimeSpan.FromSeconds(59));
        string held = await client.ReadAsync(Uri());
        Time.Advance(TimeSpan.FromSeconds(1));
        string second = await client.ReadAsync(Uri());

        (first, held, second).Should().Be(("new", "new", "old"));
    }

    [Fact]
    public async Task SendAsync_AddressIsBackBeforeTheHoldIsOver_KeepsTheHandler()
    {
        using HttpMessageInvoker client = CreateClient();
        await client.ReadAsync(Uri());
        await Resolver.DeliveredAsync(Host);
        await Resolver.ChangeAndDeliverAsync(Host, NewAddress);
        await client.ReadAsync(Uri());
        await Resolver.ChangeAndDeliverAsync(Host, OldAddress);
        await Resolver.ChangeAndDeliverAsync(Host, NewAddress);

        Time.Advance(TimeSpan.FromMinutes(1));
        await client.ReadAsync(Uri());

        Handlers.Should().HaveCount(2);
    }

    [Fact]
    public async Task SendAsync_Literal_WatchesNothing()
    {
        using HttpMessageInvoker client = CreateClient();

        string answer = await client.ReadAsync($"http://{OldAddress}:{Old.HttpPort}/");

        answer.Should().Be("old");
        Resolver.Watches.Should().BeEmpty();
    }

    [Fact]
    public async Task SendAsync_Proxy_FollowsTheProxysName()
    {
        Resolver.Add("proxy.test", OldAddress);
        using HttpMessageInvoker client = CreateClient(configure: handler =>
        {
            handler.UseProxy = true;
            handler.Proxy = new WebProxy($"http://proxy.test:{Old.HttpPort}");
        });
        string before = await client.ReadAsync("http://only-the-proxy-knows.test/");
        await Resolver.DeliveredAsync("proxy.test");

        await Resolver.ChangeAndDeliverAsync("proxy.test", NewAddress);
        string after = await client.ReadAsync("http://only-the-proxy-knows.test/");

        (before, after).Should().Be(("old", "new"));
        Resolver.Watches.Should().OnlyContain(name => name == "proxy.test");
    }

    [Fact]
    public async Task Send_Synchronously_ReachesTheServer()
    {
        using HttpMessageInvoker client = CreateClient();
        using HttpRequestMessage request = HttpRequests.Create(Uri());

        using HttpResponseMessage response = await Task.Run(() => client.Send(request, CancellationToken.None));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SendAsync_WatchFails_FailsTheRequestAndClosesItsConnection()
    {
        SocketJournal journal = new();
        Resolver.WatchFailure = new NotSupportedException("a fake without watches");
        using HttpMessageInvoker client = CreateClient(new DnsConnectorOptions { ConfigureSocket = journal.Add });

        Func<Task> act = () => client.ReadAsync(Uri());

        (await act.Should().ThrowAsync<HttpRequestException>()).WithInnerException<NotSupportedException>();
        (journal.Count, journal.Open.Count).Should().Be((1, 0));
    }

    [Fact]
    public async Task SendAsync_LookupFails_IsANameResolutionError()
    {
        Resolver.Fail("failing.test", DnsError.NameNotFound);
        using HttpMessageInvoker client = CreateClient();

        Func<Task> act = () => client.ReadAsync("http://failing.test/");

        (await act.Should().ThrowAsync<HttpRequestException>()).Which.HttpRequestError.Should().Be(HttpRequestError.NameResolutionError);
        Resolver.Watches.Should().BeEmpty("there is nothing to follow");
    }

    // A watch that begins anew just as the record moves tells of it a moment later.
    private async Task ReplacedAsync(HttpMessageInvoker client, int handlers)
    {
        for (int i = 0; i < 1000 && Handlers.Count < handlers; i++)
        {
            await client.ReadAsync(Uri("https", HttpVersion.Version20), HttpVersion.Version20);
        }
    }

    private async Task KeepSendingAsync(HttpMessageInvoker client, Version version, CancellationToken stop)
    {
        string uri = Uri("https", version);
        while (!stop.IsCancellationRequested)
        {
            (await client.ReadAsync(uri, version, CancellationToken.None)).Should().BeOneOf("old", "new");
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using StubResolver.Testing;

namespace StubResolver.Tests.Http;

/// <summary>HttpClient against real servers on loopback.</summary>
public sealed class UseDnsResolverTests : IAsyncLifetime
{
    private readonly ObservedResolver _resolver = new();
    private readonly SocketJournal _journal = new();
    private readonly DnsConnectorOptions _options;
    private readonly SocketsHttpHandler _handler = HttpRequests.CreateHandler();
    private HttpTestServer _server = null!;

    public UseDnsResolverTests() => _options = new DnsConnectorOptions { ConfigureSocket = _journal.Add };

    public static TheoryData<string, string, string> Hosts
    {
        get
        {
            TheoryData<string, string, string> hosts = new()
            {
                { "service.test", "service.test", "service.test" },
                { "SERVICE.test", "service.test", "service.test" },
                { "service.test.", "service.test.", "service.test." },
                { "localhost", "localhost", "localhost" },
                { "xn--bcher-kva.test", "xn--bcher-kva.test", "xn--bcher-kva.test" },
                { "bücher.test", "xn--bcher-kva.test", "xn--bcher-kva.test" },
                { "a_b.test", "a_b.test", "a_b.test" },
                { "127.0.0.1", "", "127.0.0.1" },
            };
            if (LoopbackAddress.HasIPv6)
            {
                hosts.Add("[::1]", "", "[::1]");
            }

            return hosts;
        }
    }

    public async Task InitializeAsync()
    {
        _server = await HttpTestServer.StartAsync("server", IPAddress.Loopback);
        _resolver.Add("service.test", "127.0.0.1").Add("localhost", "127.0.0.1").Add("xn--bcher-kva.test", "127.0.0.1").Add("a_b.test", "127.0.0.1");
    }

    public async Task DisposeAsync()
    {
        _handler.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("http", "1.1")]
    [InlineData("http", "2.0")]
    [InlineData("https", "1.1")]
    [InlineData("https", "2.0")]
    public async Task SendAsync_SchemeAndVersion_ReachesTheServer(string scheme, string version)
    {
        using HttpClient client = CreateClient();

        string answer = await client.ReadAsync($"{scheme}://service.test:{_server.Port(scheme, new Version(version))}/", new Version(version));

        answer.Should().Be("server");
        _server.Requests.Should().ContainSingle().Which.Protocol.Should().Be($"HTTP/{version}".Replace("2.0", "2"));
        _resolver.CallCount("service.test").Should().Be(1);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task SendAsync_Host_IsResolvedInItsAsciiForm(string host, string resolved, string hostHeader)
    {
        await using HttpTestServer server = await HttpTestServer.StartAsync("server", host == "[::1]" ? IPAddress.IPv6Loopback : IPAddress.Loopback);
        using HttpClient client = CreateClient();

        string[] answers =
        [
            await client.ReadAsync($"http://{host}:{server.HttpPort}/"),
            await client.ReadAsync($"https://{host}:{server.HttpsPort}/", HttpVersion.Version20),
        ];

        answers.Should().Equal("server", "server");
        server.Requests.Select(request => request.Host).Should().Equal($"{hostHeader}:{server.HttpPort}", $"{hostHeader}:{server.HttpsPort}");
        _resolver.Lookups.TryRead(out string? lookup).Should().Be(resolved.Length > 0);
        (lookup ?? "").Should().Be(resolved);
    }

    [Fact]
    public async Task Dispose_OfTheHandler_ClosesTheConnectionsThatItHasKept()
    {
        using HttpClient client = CreateClient();
        await client.ReadAsync($"http://service.test:{_server.HttpPort}/");
        int open = _journal.Open.Count;

        _handler.Dispose();

        (open, _journal.Open.Count).Should().Be((1, 0), "a stream owns its socket");
    }

    [Fact]
    public async Task Send_Synchronously_ReachesTheServer()
    {
        using HttpClient client = CreateClient();
        using HttpRequestMessage request = HttpRequests.Create($"http://service.test:{_server.HttpPort}/");

        using HttpResponseMessage response = await Task.Run(() => client.Send(request));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SendAsync_Proxy_ResolvesTheProxysNameOnly()
    {
        _resolver.Add("proxy.test", "127.0.0.1");
        _handler.UseProxy = true;
        _handler.Proxy = new WebProxy($"http://proxy.test:{_server.HttpPort}");
        using HttpClient client = CreateClient();

        string answer = await client.ReadAsync("http://only-the-proxy-knows.test/");

        answer.Should().Be("server");
        _server.Requests.Should().ContainSingle().Which.Host.Should().Be("only-the-proxy-knows.test");
        (_resolver.CallCount("proxy.test"), _resolver.CallCount("only-the-proxy-knows.test")).Should().Be((1, 0));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task SendAsync_ManyColdRequests_ResolveOnceForEachConnection(string version)
    {
        TaskCompletionSource gate = new();
        _resolver.Gate = gate.Task;
        using HttpClient client = CreateClient();
        string uri = $"https://service.test:{_server.HttpsPort}/";
        Task<string>[] requests = [.. Enumerable.Range(0, 200).Select(_ => client.ReadAsync(uri, new Version(version)))];

        gate.SetResult();
        string[] answers = await Task.WhenAll(requests);

        answers.Should().HaveCount(200).And.OnlyContain(answer => answer == "server");
        _resolver.CallCount("service.test").Should().Be(_journal.Count);
        _journal.Count.Should().BeLessThanOrEqualTo(version == "2.0" ? 1 : 200);
    }

    [Theory]
    [InlineData(DnsError.NameNotFound, false)]
    [InlineData(DnsError.NoData, false)]
    [InlineData(DnsError.ServerFailure, true)]
    [InlineData(DnsError.Timeout, true)]
    public async Task SendAsync_LookupFails_IsANameResolutionErrorWithTheReasonInside(DnsError error, bool isTransient)
    {
        _resolver.Fail("failing.test", error);
        using HttpClient client = CreateClient();

        HttpRequestException exception = await ShouldFailAsync<HttpRequestException>(client.ReadAsync("https://failing.test/"));

        exception.HttpRequestError.Should().Be(HttpRequestError.NameResolutionError);
        DnsException inner = exception.InnerException.Should().BeOfType<DnsException>().Subject;
        (inner.DnsError, inner.Name, inner.IsTransient).Should().Be((error, "failing.test", isTransient));
    }

    [Fact]
    public async Task SendAsync_HostIsNoDomainName_IsANameResolutionError()
    {
        await using DnsResolver resolver = new(new DnsResolverOptions { Servers = [new IPEndPoint(IPAddress.Loopback, 9)] });
        string host = new string('a', 64) + ".test";
        using HttpClient client = new(_handler.UseDnsResolver(resolver), disposeHandler: false);

        HttpRequestException exception = await ShouldFailAsync<HttpRequestException>(client.ReadAsync($"http://{host}/"));

        exception.HttpRequestError.Should().Be(HttpRequestError.NameResolutionError);
        exception.InnerException.Should().BeOfType<DnsException>().Which.DnsError.Should().Be(DnsError.NameNotFound);
    }

    [Fact]
    public async Task SendAsync_NothingListens_IsAConnectionErrorThatNamesTheAddress()
    {
        using Socket holder = LoopbackAddress.Refuse(IPAddress.Loopback);
        using HttpClient client = CreateClient();

        HttpRequestException exception = await ShouldFailAsync<HttpRequestException>(client.ReadAsync($"http://service.test:{holder.Port()}/"));

        exception.HttpRequestError.Should().Be(HttpRequestError.ConnectionError);
        exception.Message.Should().Contain("127.0.0.1").And.Contain("service.test");
    }

    [Theory]
    [InlineData("service.test")]
    [InlineData("127.0.0.1")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task SendAsync_PolicyRefuses_SaysWhichAddressAndWhy(string host)
    {
        _options.AddressPolicy = DnsAddressPolicy.PublicOnly;
        using HttpClient client = CreateClient();

        HttpRequestException exception = await ShouldFailAsync<HttpRequestException>(client.ReadAsync($"http://{host}:{_server.HttpPort}/"));

        exception.InnerException.Should().BeOfType<DnsException>().Which.DnsError.Should().Be(DnsError.NameNotAllowed);
        exception.Message.Should().Contain("127.0.0.1 (loopback");
        _journal.Count.Should().Be(0);
    }

    [Fact]
    public async Task SendAsync_CancelledDuringTheLookup_EndsAndDoesNotDisturbTheNextRequest()
    {
        TaskCompletionSource gate = new();
        _resolver.Gate = gate.Task;
        using HttpClient client = CreateClient();
        using CancellationTokenSource caller = new();
        string uri = $"http://service.test:{_server.HttpPort}/";
        Task<string> cancelled = client.ReadAsync(uri, cancellationToken: caller.Token);
        await _resolver.Lookups.ReadAsync();
        Task<string> staying = client.ReadAsync(uri);

        await caller.CancelAsync();
        await ShouldFailAsync<OperationCanceledException>(cancelled);
        gate.SetResult();

        (await staying).Should().Be("server");
    }

    [Fact]
    public async Task SendAsync_HandlersConnectTimeoutDuringTheLookup_EndsWithATimeoutInside()
    {
        _resolver.Gate = new TaskCompletionSource().Task;
        _handler.ConnectTimeout = TimeSpan.FromMilliseconds(1);
        using HttpClient client = CreateClient();

        TaskCanceledException exception = await ShouldFailAsync<TaskCanceledException>(client.ReadAsync("http://service.test/"));

        exception.InnerException.Should().BeOfType<TimeoutException>();
    }

    [Fact]
    public async Task SendAsync_ConnectorsConnectTimeoutDuringTheLookup_IsANameResolutionError()
    {
        FakeTimeProvider time = new();
        _options.TimeProvider = time;
        _options.ConnectTimeout = TimeSpan.FromSeconds(5);
        _resolver.Gate = new TaskCompletionSource().Task;
        using HttpClient client = CreateClient();
        Task<string> request = client.ReadAsync("http://service.test/");
        await _resolver.Lookups.ReadAsync();

        time.Advance(TimeSpan.FromSeconds(5));

        HttpRequestException exception = await ShouldFailAsync<HttpRequestException>(request);
        exception.HttpRequestError.Should().Be(HttpRequestError.NameResolutionError);
        exception.Message.Should().Contain("'service.test' was not resolved within the connect timeout of 5 s");
    }

    [Fact]
    public void UseDnsResolver_SomebodyElsesCallback_Throws()
    {
        _handler.ConnectCallback = (_, _) => throw new NotSupportedException();

        Action act = () => _handler.UseDnsResolver(_resolver);

        act.Should().Throw<InvalidOperationException>().WithMessage("*ConnectCallback*DnsConnector.ConnectAsync*");
    }

    [Fact]
    public async Task UseDnsResolver_Twice_TheLastResolverWins()
    {
        FakeDnsResolver last = new FakeDnsResolver().AddAddress("service.test", IPAddress.Loopback);
        using HttpClient client = new(_handler.UseDnsResolver(_resolver).UseDnsResolver(last), disposeHandler: false);

        await client.ReadAsync($"http://service.test:{_server.HttpPort}/");

        (_resolver.CallCount("service.test"), last.CallCount("service.test")).Should().Be((0, 1));
    }

    [Fact]
    public void UseDnsResolver_WrongOptions_ThrowsAndLeavesTheHandlerAsItWas()
    {
        Action act = () => _handler.UseDnsResolver(_resolver, new DnsConnectorOptions { ConnectTimeout = TimeSpan.Zero });

        act.Should().Throw<ArgumentException>().WithParameterName("options");
        _handler.ConnectCallback.Should().BeNull();
    }

    private static async Task<TException> ShouldFailAsync<TException>(Task request)
        where TException : Exception => (await request.Awaiting(task => task).Should().ThrowAsync<TException>()).Which;

    private HttpClient CreateClient() => new(_handler.UseDnsResolver(_resolver, _options), disposeHandler: false);
}

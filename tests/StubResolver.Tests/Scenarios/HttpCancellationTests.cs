using System.Net;
using System.Net.Sockets;
using StubResolver.Testing;
using StubResolver.Tests.Http;

namespace StubResolver.Tests.Scenarios;

/// <summary>Requests that are given up while their name is being resolved, and others that wait for the same lookup.</summary>
public sealed class HttpCancellationTests : ScenarioTestBase
{
    private const string Name = "service.test";

    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData("http", "1.1")]
    [InlineData("http", "2.0")]
    [InlineData("https", "1.1")]
    [InlineData("https", "2.0")]
    public async Task SendAsync_CancelledDuringTheLookup_EndsAndTheOthersAreAnsweredByThatLookup(string scheme, string version)
    {
        HttpTestServer web = Track(await HttpTestServer.StartAsync("web", IPAddress.Loopback));
        DnsTestServer dns = StartGatedServer();
        DnsResolver resolver = CreateResolver(options => options.IPv6 = DnsIPv6Mode.Never, dns);
        using HttpClient client = new(HttpRequests.CreateHandler().UseDnsResolver(resolver));
        using HttpClient other = new(HttpRequests.CreateHandler().UseDnsResolver(resolver));
        using CancellationTokenSource caller = new();
        string uri = $"{scheme}://{Name}:{web.Port(scheme, new Version(version))}/";
        Task<string> cancelled = client.ReadAsync(uri, new Version(version), caller.Token);
        await dns.WaitForQueriesAsync(1).WaitAsync(Guard);
        Task joined = resolver.ResolveAddressesAsync(Name).AsTask(); // at once, where a request may take a moment
        Task<string>[] staying = [client.ReadAsync(uri, new Version(version)), other.ReadAsync(uri, new Version(version))];

        await caller.CancelAsync();
        OperationCanceledException exception = await ShouldFailAsync<OperationCanceledException>(cancelled);
        bool didOthersWait = !staying.Any(request => request.IsCompleted);
        _gate.SetResult();

        exception.CancellationToken.Should().Be(caller.Token);
        didOthersWait.Should().BeTrue();
        await joined.WaitAsync(Guard);
        (await Task.WhenAll(staying).WaitAsync(Guard)).Should().Equal("web", "web");
        dns.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task ConnectAsync_FirstOfThoseThatWaitIsCancelled_TheOthersConnectAfterOneLookup()
    {
        using Socket listener = LoopbackAddress.Listen(IPAddress.Loopback);
        DnsTestServer dns = StartGatedServer();
        DnsConnector connector = new(CreateResolver(options => options.IPv6 = DnsIPv6Mode.Never, dns));
        using CancellationTokenSource caller = new();
        Task<Socket> cancelled = connector.ConnectAsync(Name, listener.Port(), caller.Token).AsTask();
        Task<Socket>[] staying = [.. Enumerable.Range(0, 3).Select(_ => connector.ConnectAsync(Name, listener.Port()).AsTask())];
        await dns.WaitForQueriesAsync(1).WaitAsync(Guard);

        await caller.CancelAsync();
        OperationCanceledException exception = await ShouldFailAsync<OperationCanceledException>(cancelled);
        _gate.SetResult();
        Socket[] sockets = await Task.WhenAll(staying).WaitAsync(Guard);
        Array.ForEach(sockets, socket => socket.Dispose());

        exception.CancellationToken.Should().Be(caller.Token);
        sockets.Should().HaveCount(3);
        dns.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_HandlersConnectTimeoutDuringTheLookup_EndsWithATimeoutInsideAndTheOthersWaitOn()
    {
        HttpTestServer web = Track(await HttpTestServer.StartAsync("web", IPAddress.Loopback));
        DnsTestServer dns = StartGatedServer();
        DnsResolver resolver = CreateResolver(options => options.IPv6 = DnsIPv6Mode.Never, dns);
        SocketsHttpHandler handler = HttpRequests.CreateHandler();
        handler.ConnectTimeout = TimeSpan.FromMilliseconds(100);
        using HttpClient hasty = new(handler.UseDnsResolver(resolver));
        using HttpClient patient = new(HttpRequests.CreateHandler().UseDnsResolver(resolver));
        string uri = $"https://{Name}:{web.HttpsPort}/";
        Task<string> staying = patient.ReadAsync(uri);
        await dns.WaitForQueriesAsync(1).WaitAsync(Guard);

        TaskCanceledException exception = await ShouldFailAsync<TaskCanceledException>(hasty.ReadAsync(uri));
        _gate.SetResult();

        exception.InnerException.Should().BeOfType<TimeoutException>();
        (await staying.WaitAsync(Guard)).Should().Be("web");
        dns.Queries.Should().ContainSingle();
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task SendAsync_ConnectorsConnectTimeoutDuringTheLookup_IsANameResolutionErrorAndTheOthersWaitOn(string version)
    {
        HttpTestServer web = Track(await HttpTestServer.StartAsync("web", IPAddress.Loopback));
        DnsTestServer dns = StartGatedServer();
        DnsResolver resolver = CreateResolver(options => (options.IPv6, options.AttemptTimeout) = (DnsIPv6Mode.Never, TimeSpan.FromSeconds(8)), dns);
        DnsConnectorOptions limits = new() { ConnectTimeout = TimeSpan.FromMilliseconds(100), TimeProvider = Time };
        using HttpClient hasty = new(HttpRequests.CreateHandler().UseDnsResolver(resolver, limits));
        using HttpClient patient = new(HttpRequests.CreateHandler().UseDnsResolver(resolver));
        string uri = $"https://{Name}:{web.HttpsPort}/";
        Task<string> request = hasty.ReadAsync(uri, new Version(version));
        await dns.WaitForQueriesAsync(1).WaitAsync(Guard);
        Task joined = resolver.ResolveAddressesAsync(Name).AsTask(); // at once, where a request may take a moment
        Task<string> staying = patient.ReadAsync(uri, new Version(version));

        Time.Advance(TimeSpan.FromMilliseconds(100));
        HttpRequestException exception = await ShouldFailAsync<HttpRequestException>(request);
        _gate.SetResult();

        exception.HttpRequestError.Should().Be(HttpRequestError.NameResolutionError);
        DnsException inner = exception.InnerException.Should().BeOfType<DnsException>().Subject;
        (inner.DnsError, inner.Name, inner.IsTransient).Should().Be((DnsError.Timeout, Name, true));
        await joined.WaitAsync(Guard);
        (await staying.WaitAsync(Guard)).Should().Be("web");
        dns.Queries.Should().ContainSingle();
    }

    private static async Task<TException> ShouldFailAsync<TException>(Task request)
        where TException : Exception => (await request.WaitAsync(Guard).Awaiting(task => task).Should().ThrowAsync<TException>()).Which;

    private DnsTestServer StartGatedServer() =>
        StartServer().On(Name, DnsRecordType.A, (_, response) => response.AddAddress("127.0.0.1").DelayUntil(_gate.Task));
}

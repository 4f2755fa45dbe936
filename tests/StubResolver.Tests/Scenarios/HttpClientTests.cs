using System.Net;
using StubResolver.Testing;
using StubResolver.Tests.Http;

namespace StubResolver.Tests.Scenarios;

/// <summary>HttpClient through the whole library: a DNS server, a web server, and nothing faked between them but the clock.</summary>
public sealed class HttpClientTests : ScenarioTestBase
{
    private const string Name = "service.test";

    [Theory]
    [InlineData("http", "1.1")]
    [InlineData("http", "2.0")]
    [InlineData("https", "1.1")]
    [InlineData("https", "2.0")]
    public async Task SendAsync_BurstOfColdRequests_MakesOneLookup(string scheme, string version)
    {
        HttpTestServer web = Track(await HttpTestServer.StartAsync("web", IPAddress.Loopback));
        TaskCompletionSource gate = new();
        DnsTestServer dns = StartServer().On(Name, DnsRecordType.A, (_, response) => response.AddAddress("127.0.0.1").DelayUntil(gate.Task));
        using HttpClient client = new(HttpRequests.CreateHandler().UseDnsResolver(CreateResolver(options => options.IPv6 = DnsIPv6Mode.Never, dns)));
        string uri = $"{scheme}://{Name}:{web.Port(scheme, new Version(version))}/";
        Task<string>[] requests = [.. Enumerable.Range(0, 200).Select(_ => client.ReadAsync(uri, new Version(version)))];
        await dns.WaitForQueriesAsync(1).WaitAsync(Guard);

        gate.SetResult();
        string[] answers = await Task.WhenAll(requests).WaitAsync(Guard);

        answers.Should().OnlyContain(answer => answer == "web");
        dns.Queries.Should().ContainSingle();
    }

    [Fact]
    public async Task SendAsync_RecordMoves_TheFollowingHandlerMovesAndThePlainOneStays()
    {
        (HttpTestServer old, HttpTestServer @new) = await HttpTestServer.StartTwoAsync();
        Track(old);
        Track(@new);
        DnsTestServer dns = StartServer().AddAddress(Name, "127.0.0.1", TimeSpan.FromSeconds(10));
        DnsResolver resolver = CreateResolver(options => options.IPv6 = DnsIPv6Mode.Never, dns);
        DnsConnectorOptions options = new() { TimeProvider = Time };
        using HttpMessageInvoker following = new(new DnsFollowingHandler(resolver, HttpRequests.CreateHandler, options));
        using HttpMessageInvoker plain = new(HttpRequests.CreateHandler().UseDnsResolver(resolver, options));
        string uri = $"https://{Name}:{old.HttpsPort}/";
        string[] before = [await following.ReadAsync(uri), await plain.ReadAsync(uri)];
        using HttpRequestMessage request = HttpRequests.Create(uri + "stream", HttpVersion.Version20);
        using HttpResponseMessage streaming = await following.SendAsync(request, CancellationToken.None);

        dns.Remove(Name).AddAddress(Name, "127.0.0.2", TimeSpan.FromSeconds(10));
        string after = await ReadUntilAsync("new", following, uri).WaitAsync(Guard);
        string stays = await plain.ReadAsync(uri);
        old.Release();

        before.Should().Equal("old", "old");
        (after, stays).Should().Be(("new", "old"));
        (await streaming.Content.ReadAsStringAsync()).Should().Be("old end");
    }

    private async Task<string> ReadUntilAsync(string expected, HttpMessageInvoker client, string uri)
    {
        string answer;
        do
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            answer = await client.ReadAsync(uri);
        }
        while (answer != expected);

        return answer;
    }
}

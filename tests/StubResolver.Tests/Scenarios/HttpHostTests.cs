using System.Net;
using StubResolver.Testing;
using StubResolver.Tests.Http;

namespace StubResolver.Tests.Scenarios;

/// <summary>Hosts of all forms through the whole library: which name reaches the DNS server, and that the web server answers.</summary>
public sealed class HttpHostTests : ScenarioTestBase
{
    private static readonly (string Scheme, string Version)[] s_protocols = [("http", "1.1"), ("http", "2.0"), ("https", "1.1"), ("https", "2.0")];

    /// <summary>Gets hosts, and the name that is asked for; it is empty where no server is to be asked.</summary>
    public static TheoryData<string, string, string, string> Hosts
    {
        get
        {
            List<(string Host, string Asked)> hosts =
            [
                ("service.test", "service.test"),
                ("SERVICE.test", "service.test"),
                ("service.test.", "service.test"),
                ("xn--bcher-kva.test", "xn--bcher-kva.test"),
                ("bücher.test", "xn--bcher-kva.test"),
                ("localhost", ""),
                ("127.0.0.1", ""),
            ];
            if (LoopbackAddress.HasIPv6)
            {
                hosts.Add(("[::1]", ""));
            }

            TheoryData<string, string, string, string> data = [];
            foreach ((string host, string asked) in hosts)
            {
                Array.ForEach(s_protocols, protocol => data.Add(protocol.Scheme, protocol.Version, host, asked));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task SendAsync_Host_IsAskedForInItsAsciiFormAndReached(string scheme, string version, string host, string asked)
    {
        HttpTestServer web = Track(await HttpTestServer.StartAsync("web", host == "[::1]" ? IPAddress.IPv6Loopback : IPAddress.Loopback));
        DnsTestServer dns = StartServer().AddAddress("service.test", "127.0.0.1").AddAddress("xn--bcher-kva.test", "127.0.0.1");
        using HttpClient client = new(HttpRequests.CreateHandler().UseDnsResolver(CreateResolver(dns)));

        string answer = await client.ReadAsync($"{scheme}://{host}:{web.Port(scheme, new Version(version))}/", new Version(version)).WaitAsync(Guard);

        answer.Should().Be("web");
        dns.Queries.Select(query => $"{query.Name} {query.Type}").Should().Equal(asked.Length == 0 ? [] : [$"{asked} Aaaa", $"{asked} A"]);
    }

    [Theory]
    [InlineData("service.test", "service.test.corp.test service.test")]
    [InlineData("service.test.", "service.test")]
    public async Task SendAsync_TrailingDot_IsNotSearched(string host, string asked)
    {
        HttpTestServer web = Track(await HttpTestServer.StartAsync("web", IPAddress.Loopback));
        Host.ResolvConf = "search corp.test\noptions ndots:2";
        DnsTestServer dns = StartServer().AddAddress("service.test", "127.0.0.1");
        DnsResolver resolver = CreateResolver(options => options.IPv6 = DnsIPv6Mode.Never, dns);
        using HttpClient client = new(HttpRequests.CreateHandler().UseDnsResolver(resolver));

        string answer = await client.ReadAsync($"https://{host}:{web.HttpsPort}/", HttpVersion.Version20).WaitAsync(Guard);

        answer.Should().Be("web");
        dns.Queries.Select(query => query.Name).Should().Equal(asked.Split(' '));
    }

    [Theory]
    [InlineData("http", "1.1")]
    [InlineData("https", "1.1")]
    [InlineData("https", "2.0")]
    public async Task SendAsync_Proxy_AsksForTheProxysNameOnly(string scheme, string version)
    {
        HttpTestServer web = Track(await HttpTestServer.StartAsync("web", IPAddress.Loopback));
        TunnelProxy tunnel = Track(new TunnelProxy(web.HttpsPort));
        DnsTestServer dns = StartServer().AddAddress("proxy.test", "127.0.0.1");
        SocketsHttpHandler handler = HttpRequests.CreateHandler();
        handler.UseProxy = true;
        handler.Proxy = new WebProxy($"http://proxy.test:{(scheme == "https" ? tunnel.Port : web.HttpPort)}");
        using HttpClient client = new(handler.UseDnsResolver(CreateResolver(dns)));

        string answer = await client.ReadAsync($"{scheme}://only-the-proxy-knows.test/", new Version(version)).WaitAsync(Guard);

        answer.Should().Be("web");
        web.Requests.Should().ContainSingle().Which.Host.Should().Be("only-the-proxy-knows.test");
        dns.Queries.Select(query => query.Name).Should().Equal("proxy.test", "proxy.test");
    }
}

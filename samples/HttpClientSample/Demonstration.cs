using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StubResolver;
using StubResolver.Testing;

namespace HttpClientSample;

/// <summary>HttpClient over StubResolver on days when DNS misbehaves; everything is on loopback.</summary>
internal sealed class Demonstration : IAsyncDisposable
{
    private readonly DnsTestServer _dns = DemonstrationZone.Start();
    private readonly DnsTestServer _silentDns = DnsTestServer.Start().OnAnyQuery((_, response) => response.Drop());
    private readonly LocalHttpServer _http = new();
    private readonly DnsResolver _resolver;
    private readonly HttpClient _client;
    private readonly Traffic _traffic;
    private readonly List<string> _surprises = [];

    private Demonstration()
    {
        _resolver = CreateResolver(_dns.EndPoint);
        _client = CreateClient(_resolver);
        _traffic = new Traffic(("answers", _dns), ("silent", _silentDns));
    }

    /// <summary>Plays all scenes, prints them and what was on the wire; false where a request or the wire was not as it should be.</summary>
    public static async Task<bool> RunAsync()
    {
        await using Demonstration demonstration = new();
        await demonstration.PlayAsync();
        demonstration._traffic.Print();
        return demonstration.ReportRequests() & WireCheck.Report(demonstration._traffic.Queries);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _resolver.DisposeAsync();
        await _http.DisposeAsync();
        await _silentDns.DisposeAsync();
        await _dns.DisposeAsync();
    }

    private async Task PlayAsync()
    {
        // The first request of a process pays for compilation; this one needs no DNS.
        await _client.GetStringAsync(new Uri($"http://{_http.EndPoint}/"));
        Console.WriteLine("HttpClient over StubResolver. Both ends are on this machine: no network is used.");
        Console.WriteLine();

        await ShowAsync("AAAA fails, A answers", DemonstrationZone.OneFamilyFails, _client, DescribePartialFailureAsync);
        await ShowStrictAsync();
        await ShowAsync("answer too large for UDP", DemonstrationZone.Large, _client, queries => new(Describe(queries)));
        await ShowAsync("the same host again", DemonstrationZone.Large, _client, queries => new($"from the cache: {queries.Count} queries, {_traffic.Queries.Count} in all"));
        await ShowAsync("alias of an alias", DemonstrationZone.Alias, _client, DescribeAliasAsync);
        await ShowFailoverAsync("first server is closed", ClosedEndPoint(), "one.test");
        await ShowFailoverAsync("first server is silent", _silentDns.EndPoint, "two.test", "three.test");
        await ShowAsync("no such name", "missing.test", _client, expected: DnsError.NameNotFound);
    }

    private async Task ShowStrictAsync()
    {
        await using DnsResolver strict = new(new DnsResolverOptions { Servers = { _dns.EndPoint }, IPv6 = DnsIPv6Mode.Always, RequireBothFamilies = true });
        using HttpClient client = CreateClient(strict);
        await ShowAsync("both families required", DemonstrationZone.OneFamilyFails, client, expected: DnsError.ServerFailure);
    }

    private async Task ShowFailoverAsync(string title, IPEndPoint first, string name, string? nextName = null)
    {
        await using DnsResolver resolver = CreateResolver(first, _dns.EndPoint);
        using HttpClient client = CreateClient(resolver);
        await ShowAsync(title, name, client, queries => new(nextName is null ? "the next one answered" : "a silent server costs a second or so"));
        if (nextName is not null)
        {
            await ShowAsync("... and the next name", nextName, client, _ => new("but only once: it goes last now, and is probed"));
        }
    }

    private async Task ShowAsync(
        string title, string host, HttpClient client, Func<IReadOnlyList<WireQuery>, ValueTask<string>>? remark = null, DnsError? expected = null)
    {
        long start = Stopwatch.GetTimestamp();
        (string outcome, DnsError? error) = await GetAsync(client, new Uri($"http://{host}:{_http.EndPoint.Port}/"));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        IReadOnlyList<WireQuery> queries = _traffic.EndScene(host);
        string words = remark is null ? outcome : $"{outcome}; {await remark(queries)}";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{_traffic.Scenes,2}  {title,-25} {host,-14}{elapsed.TotalMilliseconds,7:0.0} ms  {words}"));
        if (error != expected)
        {
            _surprises.Add(title);
        }
    }

    private static async Task<(string Outcome, DnsError? Error)> GetAsync(HttpClient client, Uri url)
    {
        try
        {
            using HttpResponseMessage response = await client.GetAsync(url);
            return ($"{(int)response.StatusCode} \"{await response.Content.ReadAsStringAsync()}\"", null);
        }
        catch (HttpRequestException e) when (e.InnerException is DnsException dns)
        {
            string words = $"{nameof(HttpRequestException)} {e.HttpRequestError} ({dns.DnsError}, transient: {(dns.IsTransient ? "yes" : "no")})";
            return (words, dns.DnsError);
        }
    }

    private bool ReportRequests()
    {
        Console.WriteLine();
        Console.WriteLine(_surprises.Count == 0
            ? $"ok    All {_traffic.Scenes} requests ended as they should."
            : $"WRONG These ended as they should not: {string.Join(", ", _surprises)}.");
        return _surprises.Count == 0;
    }

    private async ValueTask<string> DescribePartialFailureAsync(IReadOnlyList<WireQuery> queries)
    {
        DnsAnswer<DnsAddressRecord> answer = await _resolver.ResolveAddressesAsync(DemonstrationZone.OneFamilyFails);
        return $"partial failure: {answer.PartialFailure?.DnsError}";
    }

    private async ValueTask<string> DescribeAliasAsync(IReadOnlyList<WireQuery> queries)
    {
        DnsAnswer<DnsAddressRecord> answer = await _resolver.ResolveAddressesAsync(DemonstrationZone.Alias);
        double life = Math.Ceiling((answer.ExpiresAt - TimeProvider.System.GetUtcNow()).TotalSeconds);
        return $"it is {answer.CanonicalName} for {life} s, the shortest TTL of the chain";
    }

    private static string Describe(IReadOnlyList<WireQuery> queries) =>
        "A went " + string.Join(", then ", queries.Where(wire => wire.Query.Type == DnsRecordType.A).Select(wire => wire.Transport));

    private static DnsResolver CreateResolver(params IEnumerable<IPEndPoint> servers) => new(new DnsResolverOptions
    {
        Servers = [.. servers.Select(DnsServer.FromIPEndPoint)],
        IPv6 = DnsIPv6Mode.Always, // also where this machine has no IPv6, so that the wire looks the same everywhere
    });

    private static HttpClient CreateClient(DnsResolver resolver) =>
        new(new SocketsHttpHandler { UseProxy = false }.UseDnsResolver(resolver), disposeHandler: true);

    private static IPEndPoint ClosedEndPoint()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)socket.LocalEndPoint!;
    }
}

using System.Net;
using BenchmarkDotNet.Attributes;
using DnsClient;
using StubResolver.Benchmarks.Responder;

namespace StubResolver.Benchmarks.Lookups;

/// <summary>
/// One lookup of both families over loopback, one at a time, without a cache. The responder is in this process, on threads of its own that
/// allocate nothing; for processor time use <c>load</c>, whose clients have a process each.
/// </summary>
[MemoryDiagnoser]
public class AddressLookupBenchmarks
{
    private const string Name = "service.load.test";

    private UdpResponder _udp = null!;
    private TcpResponder _tcp = null!;
    private DnsResolver _sequential = null!;
    private DnsResolver _parallel = null!;
    private DnsResolver _overTcp = null!;
    private LookupClient _dnsClient = null!;

    [GlobalSetup]
    public void Setup()
    {
        _udp = new UdpResponder(new IPEndPoint(IPAddress.Loopback, 0));
        _tcp = new TcpResponder(_udp.EndPoint);
        _sequential = new DnsResolver(UncachedOptions.Create([_udp.EndPoint]));
        DnsResolverOptions parallel = UncachedOptions.Create([_udp.EndPoint]);
        parallel.AddressQueryOrder = DnsAddressOrder.Parallel;
        _parallel = new DnsResolver(parallel);
        _overTcp = new DnsResolver(UncachedOptions.Create([_udp.EndPoint], DnsProtocol.Tcp));
        _dnsClient = new LookupClient(new LookupClientOptions(_udp.EndPoint) { UseCache = false });
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _sequential.Dispose();
        _parallel.Dispose();
        _overTcp.Dispose();
        _tcp.Dispose();
        _udp.Dispose();
    }

    [Benchmark(Description = "StubResolver, UDP, sequential")]
    public async Task<int> Sequential() => (await _sequential.ResolveAddressesAsync(Name)).Records.Count;

    [Benchmark(Description = "StubResolver, UDP, parallel")]
    public async Task<int> Parallel() => (await _parallel.ResolveAddressesAsync(Name)).Records.Count;

    [Benchmark(Description = "StubResolver, TCP")]
    public async Task<int> OverTcp() => (await _overTcp.ResolveAddressesAsync(Name)).Records.Count;

    [Benchmark(Baseline = true, Description = "DnsClient 1.8.0, AAAA then A")]
    public async Task<int> DnsClient()
    {
        IDnsQueryResponse aaaa = await _dnsClient.QueryAsync(Name, QueryType.AAAA);
        IDnsQueryResponse a = await _dnsClient.QueryAsync(Name, QueryType.A);
        return aaaa.Answers.Count + a.Answers.Count;
    }
}

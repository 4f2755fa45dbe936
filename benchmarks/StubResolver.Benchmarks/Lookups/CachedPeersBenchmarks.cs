using System.Net;
using BenchmarkDotNet.Attributes;
using DnsClient;
using Microsoft.Extensions.Caching.Memory;
using StubResolver.Benchmarks.Responder;

namespace StubResolver.Benchmarks.Lookups;

/// <summary>
/// A lookup whose answer is known, beside what other resolvers take for one: DnsClient for one family from its cache, and the framework, which
/// has no cache, for the name that it never asks a server for.
/// </summary>
[MemoryDiagnoser]
public class CachedPeersBenchmarks
{
    private const string Name = "service.load.test";

    private readonly MemoryCache _memory = new(new MemoryCacheOptions());
    private UdpResponder _responder = null!;
    private DnsResolver _resolver = null!;
    private LookupClient _dnsClient = null!;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _responder = new UdpResponder(new IPEndPoint(IPAddress.Loopback, 0));
        DnsResolverOptions options = UncachedOptions.Create([_responder.EndPoint]);
        options.Cache = new DnsCacheOptions();
        _resolver = new DnsResolver(options);
        _dnsClient = new LookupClient(new LookupClientOptions(_responder.EndPoint) { UseCache = true });

        _memory.Set(Name, Name);
        await _resolver.ResolveAddressesAsync(Name);
        await _dnsClient.QueryAsync(Name, QueryType.A);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _resolver.Dispose();
        _responder.Dispose();
        _memory.Dispose();
    }

    [Benchmark(Baseline = true, Description = "MemoryCache.TryGetValue")]
    public object? MemoryCacheHit() => _memory.TryGetValue(Name, out object? value) ? value : null;

    [Benchmark(Description = "StubResolver, both families")]
    public int StubResolver()
    {
        ValueTask<DnsAnswer<DnsAddressRecord>> lookup = _resolver.ResolveAddressesAsync(Name);
        return lookup.IsCompletedSuccessfully ? lookup.Result.Records.Count : throw new InvalidOperationException("The answer was not in the cache.");
    }

    [Benchmark(Description = "DnsClient 1.8.0, one family")]
    public async Task<int> DnsClient() => (await _dnsClient.QueryAsync(Name, QueryType.A)).Answers.Count;

    [Benchmark(Description = "System.Net.Dns, \"localhost\"")]
    public async Task<int> SystemDns() => (await Dns.GetHostAddressesAsync("localhost")).Length;
}

using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Caching.Memory;

namespace StubResolver.Benchmarks.Cache;

/// <summary>What a cached answer costs, beside the look-up in a memory cache that it is made of. Goal: a ratio of 2 at most, and 0 B.</summary>
[MemoryDiagnoser]
public class CacheHitBenchmarks
{
    // Enough to make a thread's start disappear in the time of one operation.
    private const int OperationsPerThread = 1_000_000;

    private readonly MemoryCache _memory = new(new MemoryCacheOptions());
    private string[] _names = [];
    private DnsResolver? _resolver;
    private int _next;

    [Params(1, 1_000, 1_000_000)]
    public int Names { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _names = CachedNames.Create(Names);
        _resolver = new DnsResolver(new DnsResolverOptions { Servers = [new(new(System.Net.IPAddress.Loopback, 9))], Cache = new() { Capacity = Names } });
        foreach (string name in _names)
        {
            CachedNames.Store(_resolver, name);
            _memory.Set(name, _names);
            IsHit(_resolver.QueryAsync(name, DnsRecordType.A)); // makes the answer, once
        }
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _resolver!.Dispose();
        _memory.Dispose();
    }

    [Benchmark(Baseline = true)]
    public bool MemoryCache() => _memory.TryGetValue((object)Next(ref _next), out _);

    [Benchmark]
    public bool ResolveAddresses() => IsHit(_resolver!.ResolveAddressesAsync(Next(ref _next)));

    [Benchmark]
    public bool Query() => IsHit(_resolver!.QueryAsync(Next(ref _next), DnsRecordType.A));

    [Benchmark(OperationsPerInvoke = OperationsPerThread)]
    public void ResolveAddressesOnOneThread() => RunThreads(1);

    /// <summary>The time of one operation of each thread: what it takes above one thread's is how much they slow each other.</summary>
    [Benchmark(OperationsPerInvoke = OperationsPerThread)]
    public void ResolveAddressesOnTwoThreads() => RunThreads(2);

    private static bool IsHit<T>(ValueTask<T> lookup) => lookup.IsCompletedSuccessfully;

    private void RunThreads(int count)
    {
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() => Resolve(i * (_names.Length / 2))))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }

    private void Resolve(int next)
    {
        for (int i = 0; i < OperationsPerThread; i++)
        {
            if (!IsHit(_resolver!.ResolveAddressesAsync(Next(ref next))))
            {
                throw new InvalidOperationException("Not a hit.");
            }
        }
    }

    private string Next(ref int next)
    {
        next = next + 1 < _names.Length ? next + 1 : 0;
        return _names[next];
    }
}

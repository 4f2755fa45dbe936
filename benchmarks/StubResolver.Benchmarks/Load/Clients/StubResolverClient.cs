using System.Net;

namespace StubResolver.Benchmarks.Load.Clients;

/// <summary>The public lookup of addresses, with the cache off.</summary>
internal sealed class StubResolverClient : LoadClient
{
    private readonly DnsResolver _resolver;

    public StubResolverClient(IReadOnlyList<IPEndPoint> servers, DnsProtocol protocol, Action<DnsResolverOptions> configure)
    {
        DnsResolverOptions options = UncachedOptions.Create(servers, protocol);
        configure(options);
        _resolver = new DnsResolver(options);
    }

    public override async Task WorkAsync(LoadRun run)
    {
        while (run.TryTake(out LoadItem item))
        {
            try
            {
                DnsAnswer<DnsAddressRecord> answer = await _resolver.ResolveAddressesAsync(item.Name);
                run.Succeed(item, answer.Records.Count);
            }
            catch (DnsException e)
            {
                run.Fail(item, e.DnsError.ToString());
            }
        }
    }

    public override void Dispose() => _resolver.Dispose();
}

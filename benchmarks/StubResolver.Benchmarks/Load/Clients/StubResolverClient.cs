using System.Net;

namespace StubResolver.Benchmarks.Load.Clients;

/// <summary>The public lookup of addresses, with the cache off.</summary>
internal sealed class StubResolverClient(IPEndPoint server, DnsProtocol protocol, DnsAddressOrder order, int inFlight) : LoadClient
{
    private readonly DnsResolver _resolver = new(UncachedOptions.Create(server, protocol, order, inFlight));

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

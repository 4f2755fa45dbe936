using System.Net;

namespace StubResolver.Benchmarks.Load.Clients;

/// <summary>Looks up the names of a run, one after the other; many workers do so at a time.</summary>
internal abstract class LoadClient : IDisposable
{
    /// <summary>Does lookups until the run has none left.</summary>
    /// <remarks>The loop is each client's own, so that nothing of ours is allocated per lookup and counted as theirs.</remarks>
    public abstract Task WorkAsync(LoadRun run);

    public abstract void Dispose();

    public static LoadClient Create(string key, IPEndPoint server, int inFlight) => key switch
    {
        "stub" => new StubResolverClient(server, DnsProtocol.Udp, DnsAddressOrder.Sequential, inFlight),
        "stub-parallel" => new StubResolverClient(server, DnsProtocol.Udp, DnsAddressOrder.Parallel, inFlight),
        "stub-tcp" => new StubResolverClient(server, DnsProtocol.Tcp, DnsAddressOrder.Sequential, inFlight),
        "dnsclient" => new DnsClientClient(server),
        "arsoft" => new ArsoftLoadClient(server),
        "system" => new SystemDnsClient(),
        _ => throw new ArgumentException($"'{key}' is no client."),
    };
}

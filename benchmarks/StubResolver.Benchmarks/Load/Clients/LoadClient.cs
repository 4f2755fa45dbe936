using System.Net;

namespace StubResolver.Benchmarks.Load.Clients;

/// <summary>Looks up the names of a run, one after the other; many workers do so at a time.</summary>
internal abstract class LoadClient : IDisposable
{
    /// <summary>Does lookups until the run has none left.</summary>
    /// <remarks>The loop is each client's own, so that nothing of ours is allocated per lookup and counted as theirs.</remarks>
    public abstract Task WorkAsync(LoadRun run);

    public abstract void Dispose();

    /// <summary>Makes a client by its name on the command line.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="servers">Whom it asks; clients that know one server only ask the first.</param>
    /// <param name="inFlight">MaxConcurrentQueries of StubResolver.</param>
    public static LoadClient Create(string key, IReadOnlyList<IPEndPoint> servers, int inFlight) => key switch
    {
        "stub" => new StubResolverClient(servers, DnsProtocol.Udp, options => options.MaxConcurrentQueries = inFlight),
        "stub-parallel" => new StubResolverClient(servers, DnsProtocol.Udp, options =>
        {
            options.MaxConcurrentQueries = inFlight;
            options.AddressQueryOrder = DnsAddressOrder.Parallel;
        }),
        "stub-hedged" => new StubResolverClient(servers, DnsProtocol.Udp, options =>
        {
            options.MaxConcurrentQueries = inFlight;
            options.AddressQueryOrder = DnsAddressOrder.Parallel;
            options.HedgeAfter = TimeSpan.Zero;
        }),
        "stub-tcp" => new StubResolverClient(servers, DnsProtocol.Tcp, options => options.MaxConcurrentQueries = inFlight),
        "dnsclient" => new DnsClientClient(servers[0]),
        "arsoft" => new ArsoftLoadClient(servers[0]),
        "system" => new SystemDnsClient(),
        _ => throw new ArgumentException($"'{key}' is no client."),
    };
}

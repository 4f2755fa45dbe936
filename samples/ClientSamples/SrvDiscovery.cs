using System.Net.Sockets;
using StubResolver;

namespace ClientSamples;

/// <summary>Service discovery with SRV records (RFC 2782): "_service._tcp.domain" names hosts and ports.</summary>
public static class SrvDiscovery
{
    /// <summary>Connects to the first target that can be reached; they come by priority, and shuffled by weight within one.</summary>
    public static async Task<Socket> ConnectAsync(IDnsResolver resolver, DnsConnector connector, string service, CancellationToken cancellationToken)
    {
        DnsAnswer<DnsSrvRecord> answer = await resolver.ResolveSrvAsync(service, cancellationToken);
        List<Exception> failures = [];
        foreach (DnsSrvRecord record in answer.Records.Where(record => record.Target != ".")) // "." says that there is no such service
        {
            try
            {
                return await connector.ConnectAsync(record.Target + ".", record.Port, cancellationToken); // with the dot: no search list
            }
            catch (SocketException exception)
            {
                failures.Add(exception); // a DnsException is one, too: the next target may do
            }
        }

        throw new AggregateException($"{service} cannot be reached.", failures);
    }
}

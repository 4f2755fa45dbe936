using System.Net;
using System.Net.Sockets;

namespace StubResolver.Benchmarks.Load.Clients;

/// <summary>What the framework has: getaddrinfo on pool threads, with the server that resolv.conf names.</summary>
internal sealed class SystemDnsClient : LoadClient
{
    public override async Task WorkAsync(LoadRun run)
    {
        while (run.TryTake(out LoadItem item))
        {
            try
            {
                IPAddress[] addresses = await Dns.GetHostAddressesAsync(item.Name);
                run.Succeed(item, addresses.Length);
            }
            catch (SocketException e)
            {
                run.Fail(item, e.SocketErrorCode.ToString());
            }
        }
    }

    public override void Dispose()
    {
        // Nothing is held.
    }
}

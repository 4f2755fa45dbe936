using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using StubResolver.Tests.Wild;

namespace StubResolver.Tests.Transport;

/// <summary>Looks names up before, while and after this process has used up its descriptors, and prints how that ended. Runs in a process of its own.</summary>
internal static class WithoutDescriptors
{
    private const int Lookups = 400; // more than the random octets that are kept suffice for
    private const int AtOnce = 40;

    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(10); // the machine may be busy

    /// <param name="protocol">"udp" or "tcp".</param>
    /// <param name="free">How many descriptors are left.</param>
    public static async Task RunAsync(string protocol, int free)
    {
        await using WildServer server = WildServer.Start(query => new WildReply(query).Address(query.Type == DnsRecordType.Aaaa ? "2001:db8::1" : "192.0.2.1"));
        DnsResolverOptions options = new()
        {
            Servers = { new DnsServer(server.EndPoint, protocol == "tcp" ? DnsProtocol.Tcp : DnsProtocol.Udp) },
            LookupTimeout = free == 0 ? s_budget : TimeSpan.FromSeconds(30),
            IPv6 = DnsIPv6Mode.Always,
            UseHostsFile = false,
            UseSearchList = false,
            MaxTcpConnectionsPerServer = 1,
        };
        await PrintAsync(options, "before");
        List<SafeFileHandle> taken = TakeAll();
        foreach (SafeFileHandle handle in taken.TakeLast(protocol == "tcp" ? 2 * free : free)) // a connection has two ends here
        {
            handle.Dispose();
        }

        await PrintAsync(options, "meanwhile");
        taken.ForEach(handle => handle.Dispose());
        await PrintAsync(options, "after");
    }

    // Each with a resolver of its own: nothing is known from before.
    private static async Task PrintAsync(DnsResolverOptions options, string when)
    {
        await using DnsResolver resolver = new(options);
        HashSet<string> outcomes = [];
        await Parallel.ForAsync(0, Lookups, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            string outcome = await ResolveAsync(resolver, $"n{number}.test", options.LookupTimeout);
            lock (outcomes)
            {
                outcomes.Add(outcome);
            }
        });
        Console.WriteLine($"{when}: {string.Join(", ", outcomes.Order())}");
    }

    private static async Task<string> ResolveAsync(DnsResolver resolver, string name, TimeSpan budget)
    {
        long startedAt = Stopwatch.GetTimestamp();
        string outcome;
        try
        {
            await resolver.ResolveAddressesAsync(name, AddressFamily.Unspecified);
            outcome = "answered";
        }
        catch (DnsException)
        {
            outcome = nameof(DnsException);
        }
        catch (Exception e)
        {
            outcome = e.ToString();
        }

        return Stopwatch.GetElapsedTime(startedAt) > budget + s_slack ? $"{outcome} too late" : outcome;
    }

    private static List<SafeFileHandle> TakeAll()
    {
        List<SafeFileHandle> taken = [];
        try
        {
            while (true)
            {
                taken.Add(File.OpenHandle("/dev/null"));
            }
        }
        catch (IOException)
        {
            return taken;
        }
    }
}

using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace StubResolver.Tests.Transport;

/// <summary>Looks names up before, while and after this process has used up its descriptors, and prints how that ended. Runs in a process of its own.</summary>
internal static class WithoutDescriptors
{
    private const int Lookups = 400; // more than the random octets that are kept suffice for
    private const int AtOnce = 40;
    private const int Threads = 4;

    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_budgetWithout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(10); // the machine may be busy

    /// <param name="server">Who is asked.</param>
    public static async Task RunAsync(DnsServer server)
    {
        StartThreads();
        DnsResolverOptions options = new()
        {
            Servers = { server },
            LookupTimeout = s_budget,
            IPv6 = DnsIPv6Mode.Always,
            UseHostsFile = false,
            UseSearchList = false,
            MaxTcpConnectionsPerServer = 1,
        };
        await PrintAsync(options, "before");
        List<SafeFileHandle> taken = TakeAll();
        options.LookupTimeout = s_budgetWithout;
        await PrintAsync(options, "meanwhile");
        taken.ForEach(handle => handle.Dispose());
        options.LookupTimeout = s_budget;
        await PrintAsync(options, "after");
    }

    // The runtime takes descriptors for a new thread, and ends a process that has none for it: all threads are there before.
    private static void StartThreads()
    {
        ThreadPool.SetMinThreads(Threads, Threads);
        ThreadPool.SetMaxThreads(Threads, Threads);
        using Barrier allRun = new(Threads + 1);
        for (int i = 0; i < Threads; i++)
        {
            ThreadPool.QueueUserWorkItem(_ => allRun.SignalAndWait());
        }

        allRun.SignalAndWait();
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

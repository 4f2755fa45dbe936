using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using StubResolver.Benchmarks.Load;

namespace StubResolver.Benchmarks.Cold;

/// <summary>One lookup in a fresh process, timed from the construction of the resolver on.</summary>
internal static class FirstLookupProgram
{
    private const string Name = "first." + LoadZone.Name;

    public static async Task<int> RunAsync(string[] args)
    {
        Arguments arguments = Arguments.Parse(args, "client", "server");
        IPEndPoint server = IPEndPoint.Parse(arguments.Text("server", "127.0.0.1:53"));
        bool isSystem = arguments.Text("client", "stub") == "system";

        long start = Stopwatch.GetTimestamp();
        int addresses = isSystem ? await LookUpWithSystemAsync() : await LookUpAsync(server);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);

        Console.WriteLine(new Measurement { ["elapsed_us"] = elapsed.TotalMicroseconds, ["addresses"] = addresses });
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> LookUpWithSystemAsync() => (await Dns.GetHostAddressesAsync(Name)).Length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<int> LookUpAsync(IPEndPoint server)
    {
        using DnsResolver resolver = new(new DnsResolverOptions { Servers = [server], IPv6 = DnsIPv6Mode.Always });
        return (await resolver.ResolveAddressesAsync(Name)).Records.Count;
    }
}

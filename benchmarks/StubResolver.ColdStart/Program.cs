using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using StubResolver;

// One lookup in a fresh process: NAME, and the server or "system". Prints the microseconds it took, the construction of the resolver included.
string name = args[0];
IPEndPoint? server = args[1] == "system" ? null : IPEndPoint.Parse(args[1]);

long start = Stopwatch.GetTimestamp();
int addresses = server is null ? await LookUpWithSystemAsync(name) : await LookUpAsync(name, server);
double elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;

Console.WriteLine(elapsed.ToString(CultureInfo.InvariantCulture));
return addresses > 0 ? 0 : 1;

[MethodImpl(MethodImplOptions.NoInlining)]
static async Task<int> LookUpWithSystemAsync(string name) => (await Dns.GetHostAddressesAsync(name)).Length;

[MethodImpl(MethodImplOptions.NoInlining)]
static async Task<int> LookUpAsync(string name, IPEndPoint server)
{
    using DnsResolver resolver = new(new DnsResolverOptions { Servers = [server], IPv6 = DnsIPv6Mode.Always });
    return (await resolver.ResolveAddressesAsync(name)).Records.Count;
}

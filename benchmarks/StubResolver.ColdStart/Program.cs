using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using StubResolver;

// One lookup in a fresh process: NAME, and the server or "system". Prints the microseconds it took, the construction of the resolver included.
string name = args[0];
IPEndPoint? server = args[1] == "system" ? null : IPEndPoint.Parse(args[1]);

long start = Stopwatch.GetTimestamp();
IDisposable? resolver = server is null ? null : Create(server); // nothing of the library is loaded before this
int addresses = resolver is null ? await LookUpWithSystemAsync(name) : await LookUpAsync(name, resolver);
double elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
resolver?.Dispose();

Console.WriteLine(elapsed.ToString(CultureInfo.InvariantCulture));
return addresses > 0 ? 0 : 1;

[MethodImpl(MethodImplOptions.NoInlining)]
static async Task<int> LookUpWithSystemAsync(string name) => (await Dns.GetHostAddressesAsync(name)).Length;

[MethodImpl(MethodImplOptions.NoInlining)]
static IDisposable Create(IPEndPoint server) => new DnsResolver(new DnsResolverOptions { Servers = [server], IPv6 = DnsIPv6Mode.Always });

[MethodImpl(MethodImplOptions.NoInlining)]
static async Task<int> LookUpAsync(string name, IDisposable resolver) => (await ((DnsResolver)resolver).ResolveAddressesAsync(name)).Records.Count;

using Microsoft.Extensions.DependencyInjection;
using StubResolver;
using StubResolver.Testing;

await using DnsTestServer server = DnsTestServer.Start()
    .AddCName("www.example", "web.example")
    .AddAddress("web.example", "2001:db8::1")
    .AddAddress("web.example", "192.0.2.1")
    .AddRecord(new DnsTxtRecord("text.example", TimeSpan.FromSeconds(60), Enumerable.Repeat(new string('x', 200), 20)));
ServiceCollection services = new();
services.AddDnsResolver(options =>
{
    options.Servers.Add(server.EndPoint);
    options.IPv6 = DnsIPv6Mode.Always;
    options.UseHostsFile = false;
});
await using ServiceProvider provider = services.BuildServiceProvider();
IDnsResolver resolver = provider.GetRequiredService<IDnsResolver>();

DnsAnswer<DnsAddressRecord> addresses = await resolver.ResolveAddressesAsync("www.example");
DnsAnswer<DnsTxtRecord> text = await resolver.ResolveTxtAsync("text.example.");

string found = string.Join(", ", addresses.Records.Select(record => record.Address.ToString()).Order(StringComparer.Ordinal));
bool isRight = found == "192.0.2.1, 2001:db8::1" && addresses.CanonicalName == "web.example"
    && text.Records.Single().Values.Count == 20
    && server.Queries[^1].Protocol == DnsProtocol.Tcp;
Console.WriteLine($"{(isRight ? "ok" : "WRONG")}: {addresses.Name} is {addresses.CanonicalName}, {found}; {server.Queries.Count} queries, the last over {server.Queries[^1].Protocol}.");
return isRight ? 0 : 1;

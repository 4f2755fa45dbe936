using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using StubResolver;
using StubResolver.Testing;

await using DnsTestServer server = DnsTestServer.Start()
    .AddCName("www.example", "web.example")
    .AddAddress("web.example", "2001:db8::1")
    .AddAddress("web.example", "192.0.2.1")
    .AddRecord(new DnsTxtRecord("text.example", TimeSpan.FromSeconds(60), Enumerable.Repeat(new string('x', 200), 20)));
IConfiguration configuration = new ConfigurationBuilder()
    .AddInMemoryCollection([new("Servers", server.EndPoint.ToString()), new("IPv6", "Always"), new("UseHostsFile", "false")])
    .Build();
ServiceCollection services = new();
services.AddDnsResolver(configuration).AddDnsResolverForHttpClients();
await using ServiceProvider provider = services.BuildServiceProvider();
IDnsResolver resolver = provider.GetRequiredService<IDnsResolver>();

DnsAnswer<DnsAddressRecord> addresses = await resolver.ResolveAddressesAsync("www.example");
DnsAnswer<DnsTxtRecord> text = await resolver.ResolveTxtAsync("text.example.");
using HttpClient client = provider.GetRequiredService<IHttpClientFactory>().CreateClient();
HttpRequestException? missing = await FailAsync(client, new Uri("http://missing.example/"));

string found = string.Join(", ", addresses.Records.Select(record => record.Address.ToString()).Order(StringComparer.Ordinal));
string[] wrong = [.. new (string What, bool IsRight)[]
{
    ("the addresses", found == "192.0.2.1, 2001:db8::1" && addresses.CanonicalName == "web.example"),
    ("the text", text.Records.Single().Values.Count == 20),
    ("TCP", server.Queries.Any(query => query.Protocol == DnsProtocol.Tcp)),
    ("HttpClient", missing is { HttpRequestError: HttpRequestError.NameResolutionError, InnerException: DnsException { DnsError: DnsError.NameNotFound } }),
}.Where(check => !check.IsRight).Select(check => check.What)];
Console.WriteLine(wrong.Length == 0
    ? $"ok: {addresses.Name} is {addresses.CanonicalName}, {found}; {server.Queries.Count} queries over UDP and TCP; HttpClient reports what does not exist."
    : $"WRONG: {string.Join(", ", wrong)}");
return wrong.Length == 0 ? 0 : 1;

static async Task<HttpRequestException?> FailAsync(HttpClient client, Uri url)
{
    try
    {
        await client.GetStringAsync(url);
        return null;
    }
    catch (HttpRequestException e)
    {
        return e;
    }
}

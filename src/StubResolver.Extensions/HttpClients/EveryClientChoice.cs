using Microsoft.Extensions.Options;

namespace StubResolver.Extensions.HttpClients;

/// <summary>The choice of <c>AddDnsResolverForHttpClients</c>, for clients of all names. A type of its own, so that it can be registered once.</summary>
internal sealed class EveryClientChoice : IConfigureNamedOptions<ClientDnsOptions>
{
    public void Configure(ClientDnsOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, ClientDnsOptions options) => options.EveryClient = DnsChoice.EveryClient;
}

namespace StubResolver.Extensions.HttpClients;

/// <summary>
/// What one call chose for one HttpClient or for all. Immutable; the instance stands for the call, so clients that share it share a connector.
/// </summary>
internal sealed class DnsChoice(DnsChoiceKind kind)
{
    /// <summary>The choice of <c>AddDnsResolverForHttpClients</c>.</summary>
    public static DnsChoice EveryClient { get; } = new(DnsChoiceKind.Resolver) { IsForEveryClient = true };

    public DnsChoiceKind Kind => kind;

    /// <summary>The key of the resolver, or <see langword="null"/> for the one without.</summary>
    public object? ServiceKey { get; init; }

    public Action<DnsConnectorOptions>? Configure { get; init; }

    /// <summary>Whether nobody chose it for this client, so that a client which cannot have it goes without.</summary>
    public bool IsForEveryClient { get; private init; }
}

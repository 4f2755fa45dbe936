namespace StubResolver.Extensions.HttpClients;

/// <summary>What was chosen for one HttpClient, by name, in the order of the calls.</summary>
/// <remarks>The last choice of the narrowest level says who resolves; options of the connector add up, as options do.</remarks>
internal sealed class ClientDnsOptions
{
    /// <summary>Chosen for this client.</summary>
    public List<DnsChoice> Own { get; } = [];

    /// <summary>Chosen with <c>ConfigureHttpClientDefaults</c>.</summary>
    public List<DnsChoice> Default { get; } = [];

    /// <summary>Chosen with the one line for all clients.</summary>
    public DnsChoice? EveryClient { get; set; }

    /// <summary>What holds: the narrower choice, whatever the order of the calls.</summary>
    public DnsChoice? Effective => Own.LastOrDefault() ?? Default.LastOrDefault() ?? EveryClient;

    /// <summary>Whether any choice sets options.</summary>
    public bool SetsOptions => Choices.Any(choice => choice.Configure is not null);

    private IEnumerable<DnsChoice> Choices => Default.Concat(Own);

    /// <summary>Sets the options of all choices: those for all clients first, so that the client's have the last word.</summary>
    public void Configure(DnsConnectorOptions options)
    {
        foreach (DnsChoice choice in Choices)
        {
            choice.Configure?.Invoke(options);
        }
    }
}

namespace StubResolver.Extensions.HttpClients;

/// <summary>What was chosen for one HttpClient, by name; within each level the last call wins.</summary>
internal sealed class ClientDnsOptions
{
    /// <summary>Chosen for this client.</summary>
    public DnsChoice? Own { get; set; }

    /// <summary>Chosen with <c>ConfigureHttpClientDefaults</c>.</summary>
    public DnsChoice? Default { get; set; }

    /// <summary>Chosen with the one line for all clients.</summary>
    public DnsChoice? EveryClient { get; set; }

    /// <summary>What holds: the narrower choice, whatever the order of the calls.</summary>
    public DnsChoice? Effective => Own ?? Default ?? EveryClient;
}

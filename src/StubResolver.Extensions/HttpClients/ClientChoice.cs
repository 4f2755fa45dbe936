namespace StubResolver.Extensions.HttpClients;

/// <summary>A client, the choice that holds for it, and all that was chosen.</summary>
internal readonly record struct ClientChoice(string Name, DnsChoice Choice, ClientDnsOptions Chosen);

namespace StubResolver.Extensions.HttpClients;

/// <summary>Who finds the addresses for the connections of an HttpClient.</summary>
internal enum DnsChoiceKind
{
    /// <summary>The operating system, as without this library.</summary>
    System = 0,

    /// <summary>A resolver, when a connection is made.</summary>
    Resolver = 1,

    /// <summary>A resolver, which is also watched: connections follow.</summary>
    Following = 2,
}

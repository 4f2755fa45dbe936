namespace StubResolver;

/// <summary>Who answers address lookups.</summary>
public enum DnsResolverMode
{
    /// <summary>This library, over DNS of its own.</summary>
    Managed = 0,

    /// <summary>The operating system (getaddrinfo); queries for other types stay managed.</summary>
    System = 1,

    /// <summary>The operating system answers, and the managed result is computed beside it and compared.</summary>
    Shadow = 2,
}

namespace StubResolver;

/// <summary>How the two questions of an address lookup follow each other.</summary>
public enum DnsAddressOrder
{
    /// <summary>AAAA first; A once AAAA has an outcome or the patience is over.</summary>
    Sequential = 0,

    /// <summary>AAAA and A at once, each from a socket and port of its own.</summary>
    Parallel = 1,
}

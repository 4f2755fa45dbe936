namespace StubResolver;

/// <summary>When IPv6 addresses are asked for.</summary>
public enum DnsIPv6Mode
{
    /// <summary>Only where the host has an IPv6 address that can leave it: neither loopback nor link-local.</summary>
    Auto = 0,

    /// <summary>Always.</summary>
    Always = 1,

    /// <summary>Never, for address lookups; a query for AAAA is still sent.</summary>
    Never = 2,
}

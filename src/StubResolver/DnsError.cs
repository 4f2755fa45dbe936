namespace StubResolver;

/// <summary>Why a lookup failed.</summary>
public enum DnsError
{
    /// <summary>No reason is known; never set by the resolver.</summary>
    Unknown = 0,

    /// <summary>The name does not exist (NXDOMAIN).</summary>
    NameNotFound,

    /// <summary>The name exists, but not with the record type or address family asked for (NODATA, RFC 2308 §2.2).</summary>
    NoData,

    /// <summary>No server answered within the time allowed.</summary>
    Timeout,

    /// <summary>The servers could not be reached: refused, unreachable, or no socket to be had.</summary>
    NetworkError,

    /// <summary>The servers answered, but could not resolve the name (SERVFAIL and other error codes).</summary>
    ServerFailure,

    /// <summary>The servers refused to answer (REFUSED).</summary>
    Refused,

    /// <summary>What the servers answered could not be used.</summary>
    MalformedResponse,

    /// <summary>An address policy allows none of the addresses of the name.</summary>
    NameNotAllowed,
}

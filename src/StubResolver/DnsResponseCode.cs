namespace StubResolver;

/// <summary>What a response says about its question, extended bits included (RFC 1035 §4.1.1, RFC 6891 §6.1.3, IANA registry "DNS RCODEs").</summary>
public enum DnsResponseCode
{
    /// <summary>No error; the answer may still be empty (NODATA, RFC 2308).</summary>
    NoError = 0,

    /// <summary>FORMERR: the server could not read the query.</summary>
    FormatError = 1,

    /// <summary>SERVFAIL: the server could not answer.</summary>
    ServerFailure = 2,

    /// <summary>NXDOMAIN: the name does not exist.</summary>
    NxDomain = 3,

    /// <summary>NOTIMP: the server does not do this kind of query.</summary>
    NotImplemented = 4,

    /// <summary>REFUSED: the server does not answer this client or this name.</summary>
    Refused = 5,

    /// <summary>YXDOMAIN: a name exists that should not; with DNAME, a name that became too long (RFC 6672 §2.2).</summary>
    YxDomain = 6,

    /// <summary>YXRRSET: an RRset exists that should not (RFC 2136).</summary>
    YxRrSet = 7,

    /// <summary>NXRRSET: an RRset that should exist does not (RFC 2136).</summary>
    NxRrSet = 8,

    /// <summary>NOTAUTH: the server is not authoritative, or the request not authorized (RFC 2136, RFC 8945).</summary>
    NotAuth = 9,

    /// <summary>NOTZONE: a name is not in the zone (RFC 2136).</summary>
    NotZone = 10,

    /// <summary>BADVERS: the server does not know this EDNS version (RFC 6891).</summary>
    BadVers = 16,

    /// <summary>BADCOOKIE: the server wants its own cookie in the query (RFC 7873).</summary>
    BadCookie = 23,
}

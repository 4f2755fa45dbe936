namespace StubResolver;

/// <summary>The type of a record or a question (IANA registry "Resource Record (RR) TYPEs"). Any number from 0 to 65,535 can be cast to it.</summary>
public enum DnsRecordType
{
    /// <summary>An IPv4 address (RFC 1035).</summary>
    A = 1,

    /// <summary>An authoritative name server (RFC 1035).</summary>
    Ns = 2,

    /// <summary>The canonical name of an alias (RFC 1035).</summary>
    CName = 5,

    /// <summary>The start of a zone of authority (RFC 1035).</summary>
    Soa = 6,

    /// <summary>A pointer to another name (RFC 1035).</summary>
    Ptr = 12,

    /// <summary>Host information (RFC 1035).</summary>
    HInfo = 13,

    /// <summary>A mail exchange (RFC 1035).</summary>
    Mx = 15,

    /// <summary>Text (RFC 1035).</summary>
    Txt = 16,

    /// <summary>An IPv6 address (RFC 3596).</summary>
    Aaaa = 28,

    /// <summary>A location on earth (RFC 1876).</summary>
    Loc = 29,

    /// <summary>The location of a service (RFC 2782).</summary>
    Srv = 33,

    /// <summary>A naming authority pointer (RFC 3403).</summary>
    Naptr = 35,

    /// <summary>An alias for a subtree (RFC 6672).</summary>
    DName = 39,

    /// <summary>The pseudo-record of EDNS (RFC 6891); never the type of a question.</summary>
    Opt = 41,

    /// <summary>A delegation signer (RFC 4034).</summary>
    Ds = 43,

    /// <summary>An SSH key fingerprint (RFC 4255).</summary>
    Sshfp = 44,

    /// <summary>A signature over an RRset (RFC 4034).</summary>
    Rrsig = 46,

    /// <summary>The next name of a signed zone (RFC 4034).</summary>
    Nsec = 47,

    /// <summary>A public key of a zone (RFC 4034).</summary>
    DnsKey = 48,

    /// <summary>The next hashed name of a signed zone (RFC 5155).</summary>
    Nsec3 = 50,

    /// <summary>The parameters of NSEC3 (RFC 5155).</summary>
    Nsec3Param = 51,

    /// <summary>A TLS certificate association (RFC 6698).</summary>
    Tlsa = 52,

    /// <summary>A child copy of a DS record (RFC 7344).</summary>
    Cds = 59,

    /// <summary>A child copy of a DNSKEY record (RFC 7344).</summary>
    CdnsKey = 60,

    /// <summary>An OpenPGP key (RFC 7929).</summary>
    OpenPgpKey = 61,

    /// <summary>A service binding (RFC 9460).</summary>
    Svcb = 64,

    /// <summary>A service binding for HTTPS (RFC 9460).</summary>
    Https = 65,

    /// <summary>All types a server wants to return (RFC 1035, RFC 8482); only in questions.</summary>
    Any = 255,

    /// <summary>A URI (RFC 7553).</summary>
    Uri = 256,

    /// <summary>A certification authority authorization (RFC 8659).</summary>
    Caa = 257,
}

namespace StubResolver;

/// <summary>The names of extended errors: RFC 8914 §4 up to 24, after that the registry "Extended DNS Error Codes".</summary>
internal static class ExtendedErrorName
{
    private static readonly string[] s_names =
    [
        "Other",
        "Unsupported DNSKEY Algorithm",
        "Unsupported DS Digest Type",
        "Stale Answer",
        "Forged Answer",
        "DNSSEC Indeterminate",
        "DNSSEC Bogus",
        "Signature Expired",
        "Signature Not Yet Valid",
        "DNSKEY Missing",
        "RRSIGs Missing",
        "No Zone Key Bit Set",
        "NSEC Missing",
        "Cached Error",
        "Not Ready",
        "Blocked",
        "Censored",
        "Filtered",
        "Prohibited",
        "Stale NXDOMAIN Answer",
        "Not Authoritative",
        "Not Supported",
        "No Reachable Authority",
        "Network Error",
        "Invalid Data",
        "Signature Expired before Valid",
        "Too Early",
        "Unsupported NSEC3 Iterations Value",
        "Unable to conform to policy",
        "Synthesized",
        "Invalid Query Type",
    ];

    /// <summary>Returns the name of a code; <see langword="null"/> where it has none.</summary>
    public static string? Find(int code) => code < s_names.Length ? s_names[code] : null;
}

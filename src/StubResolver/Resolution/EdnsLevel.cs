namespace StubResolver.Resolution;

/// <summary>How much of EDNS a query carries (RFC 6891).</summary>
internal enum EdnsLevel
{
    /// <summary>OPT with options, such as a cookie.</summary>
    WithOptions = 0,

    /// <summary>OPT without options.</summary>
    WithoutOptions = 1,

    /// <summary>No OPT.</summary>
    None = 2,
}

namespace StubResolver.Interop.Tests;

/// <summary>How a resolver is set up to ask.</summary>
public enum ClientKind
{
    /// <summary>As it comes.</summary>
    Default,

    /// <summary>With cookies.</summary>
    Cookies,

    /// <summary>With names in random case.</summary>
    RandomCase,

    /// <summary>With cookies and with names in random case.</summary>
    CookiesAndRandomCase,

    /// <summary>Without EDNS: 512 octets over UDP.</summary>
    NoEdns,

    /// <summary>Over TCP alone.</summary>
    Tcp,
}

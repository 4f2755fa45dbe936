namespace StubResolver.Resolution;

/// <summary>How a name is answered without asking a server.</summary>
internal enum SpecialName
{
    /// <summary>It is not: servers are asked.</summary>
    None,

    /// <summary>With the loopback addresses (RFC 6761 §6.3).</summary>
    Localhost,

    /// <summary>As a name that does not exist (RFC 6761 §6.4, RFC 7686 §2, RFC 9476 §2).</summary>
    NonExistent,
}

namespace StubResolver.Wire;

/// <summary>The classes of records and questions (RFC 1035 §3.2.4).</summary>
internal static class DnsClass
{
    /// <summary>The Internet, the only class this library asks for.</summary>
    public const ushort Internet = 1;
}

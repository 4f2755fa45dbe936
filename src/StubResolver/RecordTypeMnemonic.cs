using System.Globalization;

namespace StubResolver;

/// <summary>The names of record types in zone files and reports.</summary>
internal static class RecordTypeMnemonic
{
    /// <summary>Returns the mnemonic, as "AAAA", or "TYPE123" for a type without one (RFC 3597 §5).</summary>
    public static string ToMnemonic(this DnsRecordType type) => type switch
    {
        DnsRecordType.A => "A",
        DnsRecordType.Aaaa => "AAAA",
        DnsRecordType.Any => "ANY",
        _ when Enum.IsDefined(type) => type.ToString().ToUpperInvariant(),
        _ => string.Create(CultureInfo.InvariantCulture, $"TYPE{(int)type}"),
    };
}

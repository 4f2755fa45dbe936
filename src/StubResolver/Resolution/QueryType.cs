namespace StubResolver.Resolution;

/// <summary>Knows which types can be asked for.</summary>
internal static class QueryType
{
    private const int MaxType = ushort.MaxValue;
    private const int TransactionKey = 249;
    private const int ZoneTransfer = 252;

    /// <exception cref="ArgumentOutOfRangeException">The type is no 16-bit number, OPT, or one of TKEY, TSIG, IXFR and AXFR, which are no plain questions.</exception>
    public static void ThrowIfUnaskable(DnsRecordType type)
    {
        if (!IsAskable(type))
        {
            throw new ArgumentOutOfRangeException(nameof(type), type, $"The type {(int)type} cannot be asked for.");
        }
    }

    public static bool IsAskable(DnsRecordType type) =>
        (int)type is > 0 and <= MaxType and not (>= TransactionKey and <= ZoneTransfer) && type != DnsRecordType.Opt;
}

namespace StubResolver.Wire;

/// <summary>Where the names are in the RDATA of a type that has no class of its own and may hold compressed names (RFC 3597 §4).</summary>
/// <param name="PrefixLength">The octets in front.</param>
/// <param name="StringCount">The character strings behind them.</param>
/// <param name="NameCount">The names behind those; 0 for a type whose RDATA is opaque.</param>
/// <param name="HasTail">Whether more octets may follow.</param>
internal readonly record struct DataLayout(int PrefixLength, int StringCount, int NameCount, bool HasTail = false)
{
    private const int Md = 3;
    private const int Mf = 4;
    private const int Mb = 7;
    private const int Mg = 8;
    private const int Mr = 9;
    private const int Minfo = 14;
    private const int Rp = 17;
    private const int Afsdb = 18;
    private const int Rt = 21;
    private const int Sig = 24;
    private const int Px = 26;
    private const int Nxt = 30;
    private const int Naptr = 35;
    private const int Kx = 36;

    /// <summary>Returns the layout of a type.</summary>
    public static DataLayout Of(DnsRecordType type) => (int)type switch
    {
        Md or Mf or Mb or Mg or Mr => new DataLayout(0, 0, 1), // RFC 1035 §3.3
        Minfo or Rp => new DataLayout(0, 0, 2), // RFC 1035 §3.3.7, RFC 1183 §2.2
        Afsdb or Rt or Kx => new DataLayout(2, 0, 1), // RFC 1183 §1, §3.3, RFC 2230 §3.1
        Px => new DataLayout(2, 0, 2), // RFC 2163 §4
        Naptr => new DataLayout(4, 3, 1), // RFC 3403 §4.1
        Sig => new DataLayout(18, 0, 1, HasTail: true), // RFC 2535 §4.1
        Nxt => new DataLayout(0, 0, 1, HasTail: true), // RFC 2535 §5.2
        _ => default,
    };

    /// <summary>Finds how many octets come before the first name; <see langword="false"/> where the RDATA is too short for them.</summary>
    public bool TryGetPrefix(ReadOnlySpan<byte> data, out int length)
    {
        length = PrefixLength;
        for (int i = 0; i < StringCount && length < data.Length; i++)
        {
            length += 1 + data[length];
        }

        return length < data.Length;
    }
}

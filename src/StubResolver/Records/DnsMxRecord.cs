using System.Globalization;
using System.Text;

namespace StubResolver;

/// <summary>A mail exchange of a domain (RFC 1035 §3.3.9).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DnsMxRecord : DnsRecord
{
    private readonly RecordName _exchange;

    /// <summary>Creates an MX record.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="preference">The preference, 0 to 65,535; lower is tried first.</param>
    /// <param name="exchange">The host that takes the mail; "." for a null MX (RFC 7505).</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is negative, or <paramref name="preference"/> is out of range.</exception>
    public DnsMxRecord(string name, TimeSpan ttl, int preference, string exchange)
        : base(name, ttl)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(preference);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(preference, ushort.MaxValue);
        ArgumentException.ThrowIfNullOrEmpty(exchange);
        Preference = preference;
        _exchange = new RecordName(exchange);
    }

    /// <summary>Gets the preference, 0 to 65,535; lower is tried first.</summary>
    public int Preference { get; }

    /// <summary>Gets the host that takes the mail, without a trailing dot; "." for a null MX (RFC 7505).</summary>
    public string Exchange => _exchange.Text;

    private protected override DnsRecordType RecordType => DnsRecordType.Mx;

    private protected override void AppendData(StringBuilder line) =>
        line.Append(CultureInfo.InvariantCulture, $"{Preference} {Absolute(Exchange)}");
}

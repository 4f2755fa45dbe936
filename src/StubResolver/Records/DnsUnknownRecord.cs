using System.Globalization;
using System.Text;

namespace StubResolver;

/// <summary>A record of a type that has no class of its own: its RDATA as octets (RFC 3597).</summary>
/// <remarks>Immutable and thread-safe, as long as the memory it was made from is left alone.</remarks>
public sealed record DnsUnknownRecord : DnsRecord
{
    /// <summary>Creates a record of any type.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="type">The record type, 0 to 65,535.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="data">The RDATA, at most 65,535 octets; not copied.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is negative.</exception>
    public DnsUnknownRecord(string name, DnsRecordType type, TimeSpan ttl, ReadOnlyMemory<byte> data)
        : base(name, ttl) => (RecordType, Data) = (type, data);

    /// <summary>Gets the RDATA.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <inheritdoc/>
    public bool Equals(DnsUnknownRecord? other) => base.Equals(other) && Data.Span.SequenceEqual(other.Data.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(base.GetHashCode());
        hash.AddBytes(Data.Span);
        return hash.ToHashCode();
    }

    private protected override DnsRecordType RecordType { get; }

    private protected override void AppendData(StringBuilder line)
    {
        line.Append(CultureInfo.InvariantCulture, $"\\# {Data.Length}");
        if (!Data.IsEmpty)
        {
            line.Append(' ').Append(Convert.ToHexString(Data.Span));
        }
    }
}

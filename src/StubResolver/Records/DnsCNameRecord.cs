using System.Text;

namespace StubResolver;

/// <summary>An alias: the owner's canonical name is another one (RFC 1035 §3.3.1).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DnsCNameRecord : DnsRecord
{
    private readonly RecordName _canonicalName;

    /// <summary>Creates a CNAME record.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="canonicalName">The name the alias leads to.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is negative.</exception>
    public DnsCNameRecord(string name, TimeSpan ttl, string canonicalName)
        : base(name, ttl)
    {
        ArgumentException.ThrowIfNullOrEmpty(canonicalName);
        _canonicalName = new RecordName(canonicalName);
    }

    /// <summary>Gets the name the alias leads to, without a trailing dot.</summary>
    public string CanonicalName => _canonicalName.Text;

    private protected override DnsRecordType RecordType => DnsRecordType.CName;

    private protected override void AppendData(StringBuilder line) => line.Append(Absolute(CanonicalName));
}

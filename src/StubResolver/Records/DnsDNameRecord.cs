using System.Text;

namespace StubResolver;

/// <summary>An alias for the whole subtree below the owner (RFC 6672).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DnsDNameRecord : DnsRecord
{
    private readonly RecordName _target;

    /// <summary>Creates a DNAME record.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="target">The name that replaces the owner as a suffix.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is negative.</exception>
    public DnsDNameRecord(string name, TimeSpan ttl, string target)
        : base(name, ttl)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        _target = new RecordName(target);
    }

    /// <summary>Gets the name that replaces the owner as a suffix, without a trailing dot.</summary>
    public string Target => _target.Text;

    private protected override DnsRecordType RecordType => DnsRecordType.DName;

    private protected override void AppendData(StringBuilder line) => line.Append(Absolute(Target));
}

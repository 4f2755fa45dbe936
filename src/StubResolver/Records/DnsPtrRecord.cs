using System.Text;

namespace StubResolver;

/// <summary>A pointer to another name, mostly the host name of an address (RFC 1035 §3.3.12).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DnsPtrRecord : DnsRecord
{
    private readonly RecordName _target;

    /// <summary>Creates a PTR record.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="target">The name pointed to.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is negative.</exception>
    public DnsPtrRecord(string name, TimeSpan ttl, string target)
        : base(name, ttl)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        _target = new RecordName(target);
    }

    /// <summary>Gets the name pointed to, without a trailing dot.</summary>
    public string Target => _target.Text;

    private protected override DnsRecordType RecordType => DnsRecordType.Ptr;

    private protected override void AppendData(StringBuilder line) => line.Append(Absolute(Target));
}

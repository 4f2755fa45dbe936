using System.Text;

namespace StubResolver;

/// <summary>An authoritative name server of a zone (RFC 1035 §3.3.11).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DnsNsRecord : DnsRecord
{
    private readonly RecordName _target;

    /// <summary>Creates a NS record.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="target">The host name of the server.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is negative.</exception>
    public DnsNsRecord(string name, TimeSpan ttl, string target)
        : base(name, ttl)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        _target = new RecordName(target);
    }

    /// <summary>Gets the host name of the server, without a trailing dot.</summary>
    public string Target => _target.Text;

    private protected override DnsRecordType RecordType => DnsRecordType.Ns;

    private protected override void AppendData(StringBuilder line) => line.Append(Absolute(Target));
}

using System.Globalization;
using System.Text;

namespace StubResolver;

/// <summary>The start of a zone of authority (RFC 1035 §3.3.13).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DnsSoaRecord : DnsRecord
{
    private readonly RecordName _primaryServer;
    private readonly RecordName _responsibleMailbox;

    /// <summary>Creates an SOA record.</summary>
    /// <param name="name">The owner name: the apex of the zone.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="primaryServer">The primary name server of the zone (MNAME).</param>
    /// <param name="responsibleMailbox">The mailbox of the person responsible, with a dot for the @ (RNAME).</param>
    /// <param name="serial">The version of the zone (SERIAL).</param>
    /// <param name="refresh">How often secondaries look for a new version (REFRESH).</param>
    /// <param name="retry">How soon a failed refresh is tried again (RETRY).</param>
    /// <param name="expire">When a secondary that cannot refresh gives up the zone (EXPIRE).</param>
    /// <param name="minimum">How long a negative answer of this zone may be cached (MINIMUM, RFC 2308 §4).</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time is negative.</exception>
    public DnsSoaRecord(
        string name,
        TimeSpan ttl,
        string primaryServer,
        string responsibleMailbox,
        uint serial,
        TimeSpan refresh,
        TimeSpan retry,
        TimeSpan expire,
        TimeSpan minimum)
        : base(name, ttl)
    {
        ArgumentException.ThrowIfNullOrEmpty(primaryServer);
        ArgumentException.ThrowIfNullOrEmpty(responsibleMailbox);
        ArgumentOutOfRangeException.ThrowIfLessThan(refresh, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(retry, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(expire, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimum, TimeSpan.Zero);
        _primaryServer = new RecordName(primaryServer);
        _responsibleMailbox = new RecordName(responsibleMailbox);
        Serial = serial;
        Refresh = refresh;
        Retry = retry;
        Expire = expire;
        Minimum = minimum;
    }

    /// <summary>Gets the primary name server of the zone (MNAME).</summary>
    public string PrimaryServer => _primaryServer.Text;

    /// <summary>Gets the mailbox of the person responsible, with a dot for the @ (RNAME).</summary>
    public string ResponsibleMailbox => _responsibleMailbox.Text;

    /// <summary>Gets the version of the zone (SERIAL).</summary>
    public uint Serial { get; }

    /// <summary>Gets how often secondaries look for a new version (REFRESH).</summary>
    public TimeSpan Refresh { get; }

    /// <summary>Gets how soon a failed refresh is tried again (RETRY).</summary>
    public TimeSpan Retry { get; }

    /// <summary>Gets when a secondary that cannot refresh gives up the zone (EXPIRE).</summary>
    public TimeSpan Expire { get; }

    /// <summary>Gets how long a negative answer of this zone may be cached (MINIMUM, RFC 2308 §4).</summary>
    public TimeSpan Minimum { get; }

    private protected override DnsRecordType RecordType => DnsRecordType.Soa;

    private protected override void AppendData(StringBuilder line) => line
        .Append(Absolute(PrimaryServer)).Append(' ').Append(Absolute(ResponsibleMailbox))
        .Append(CultureInfo.InvariantCulture, $" {Serial} {(long)Refresh.TotalSeconds} {(long)Retry.TotalSeconds}")
        .Append(CultureInfo.InvariantCulture, $" {(long)Expire.TotalSeconds} {(long)Minimum.TotalSeconds}");
}

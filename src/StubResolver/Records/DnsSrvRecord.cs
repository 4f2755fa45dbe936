using System.Globalization;
using System.Text;

namespace StubResolver;

/// <summary>The location of a service: a host and a port (RFC 2782).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DnsSrvRecord : DnsRecord
{
    private readonly RecordName _target;

    /// <summary>Creates an SRV record.</summary>
    /// <param name="name">The owner name, as in "_sip._tcp.example".</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="priority">The priority, 0 to 65,535; lower is tried first.</param>
    /// <param name="weight">The share of this record among those of equal priority, 0 to 65,535.</param>
    /// <param name="port">The port of the service, 0 to 65,535.</param>
    /// <param name="target">The host of the service; "." when there is no such service.</param>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public DnsSrvRecord(string name, TimeSpan ttl, int priority, int weight, int port, string target)
        : base(name, ttl)
    {
        ThrowIfNotUInt16(priority, nameof(priority));
        ThrowIfNotUInt16(weight, nameof(weight));
        ThrowIfNotUInt16(port, nameof(port));
        ArgumentException.ThrowIfNullOrEmpty(target);
        Priority = priority;
        Weight = weight;
        Port = port;
        _target = new RecordName(target);
    }

    /// <summary>Gets the priority, 0 to 65,535; lower is tried first.</summary>
    public int Priority { get; }

    /// <summary>Gets the share of this record among those of equal priority, 0 to 65,535.</summary>
    public int Weight { get; }

    /// <summary>Gets the port of the service, 0 to 65,535.</summary>
    public int Port { get; }

    /// <summary>Gets the host of the service, without a trailing dot; "." when there is no such service.</summary>
    public string Target => _target.Text;

    private protected override DnsRecordType RecordType => DnsRecordType.Srv;

    private protected override void AppendData(StringBuilder line) =>
        line.Append(CultureInfo.InvariantCulture, $"{Priority} {Weight} {Port} {Absolute(Target)}");

    private static void ThrowIfNotUInt16(int value, string parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ushort.MaxValue, parameter);
    }
}

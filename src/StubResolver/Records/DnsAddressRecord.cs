using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StubResolver;

/// <summary>An IPv4 or IPv6 address of a host: A (RFC 1035 §3.4.1) or AAAA (RFC 3596).</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record DnsAddressRecord : DnsRecord
{
    /// <summary>Creates an address record; its type follows from the family of <paramref name="address"/>.</summary>
    /// <param name="name">The owner name.</param>
    /// <param name="ttl">The time to live; not negative.</param>
    /// <param name="address">The IPv4 or IPv6 address.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="ttl"/> is negative.</exception>
    public DnsAddressRecord(string name, TimeSpan ttl, IPAddress address)
        : base(name, ttl)
    {
        ArgumentNullException.ThrowIfNull(address);
        Address = address;
    }

    /// <summary>Gets the address.</summary>
    public IPAddress Address { get; }

    private protected override DnsRecordType RecordType =>
        Address.AddressFamily == AddressFamily.InterNetwork ? DnsRecordType.A : DnsRecordType.Aaaa;

    private protected override void AppendData(StringBuilder line) => line.Append(Address);
}

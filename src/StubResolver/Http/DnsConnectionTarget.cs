using System.Net;

namespace StubResolver;

/// <summary>One address that a connection is about to go to; what an address policy decides about.</summary>
/// <remarks>Immutable.</remarks>
public sealed class DnsConnectionTarget
{
    /// <summary>Creates a target, for instance to test a policy.</summary>
    /// <param name="host">The name or IP literal the caller connects to.</param>
    /// <param name="address">The address.</param>
    /// <param name="port">The TCP port.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty, or <paramref name="port"/> is not from 0 to 65535.</exception>
    public DnsConnectionTarget(string host, IPAddress address, int port)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, IPEndPoint.MinPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        Host = host;
        Address = address;
        Port = port;
    }

    /// <summary>Gets the name or IP literal the caller connects to, as given; behind a proxy, the proxy's.</summary>
    public string Host { get; }

    /// <summary>Gets the very address that is connected; IPv4 where the answer had an IPv4-mapped IPv6 address.</summary>
    public IPAddress Address { get; }

    /// <summary>Gets the TCP port.</summary>
    public int Port { get; }

    /// <summary>Returns host, address and port for people to read.</summary>
    public override string ToString() => $"{Host} ({new IPEndPoint(Address, Port)})";
}

using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>A DNS server: an address, a port and how to reach it.</summary>
/// <remarks>
/// Immutable and thread-safe; equal by value. Text forms: "10.0.0.10", "10.0.0.10:5353", "fd00::10", "[fd00::10]:53", "tcp://10.0.0.10".
/// IPv4 addresses are four plain decimals only, so that "53" or "010.0.0.1" is an error and not another address.
/// </remarks>
[TypeConverter(typeof(DnsServerConverter))]
public sealed class DnsServer : IParsable<DnsServer>, IEquatable<DnsServer>
{
    /// <summary>The port of DNS (RFC 1035 §4.2).</summary>
    internal const int DefaultPort = 53;

    private readonly IPEndPoint _endPoint;

    /// <summary>Creates a server.</summary>
    /// <param name="endPoint">Its address and port; copied. An IPv4-mapped address counts as IPv4.</param>
    /// <param name="protocol">How to reach it; with <see cref="DnsProtocol.Udp"/> it is asked over TCP too where UDP does not suffice.</param>
    public DnsServer(IPEndPoint endPoint, DnsProtocol protocol = DnsProtocol.Udp)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        _endPoint = Copy(endPoint);
        ConnectTarget = new PreparedEndPoint(_endPoint);
        Protocol = protocol;
    }

    private DnsServer(string unreadableText)
        : this(new IPEndPoint(IPAddress.None, 0)) => UnreadableText = unreadableText;

    /// <summary>Gets the address and port; a copy, since end points are mutable.</summary>
    public IPEndPoint EndPoint => Copy(_endPoint);

    /// <summary>Gets how to reach the server.</summary>
    public DnsProtocol Protocol { get; }

    /// <summary>The end point itself, for code that does not write to it.</summary>
    internal IPEndPoint SharedEndPoint => _endPoint;

    /// <summary>The end point to connect sockets to.</summary>
    internal readonly PreparedEndPoint ConnectTarget;

    /// <summary>The text that could not be read as a server; options validation reports it.</summary>
    internal readonly string? UnreadableText;

    /// <summary>Makes a UDP server of an end point.</summary>
    /// <param name="endPoint">The address and port.</param>
    public static implicit operator DnsServer(IPEndPoint endPoint) => new(endPoint);

    /// <summary>Makes a UDP server at port 53 of an address.</summary>
    /// <param name="address">The address.</param>
    public static implicit operator DnsServer(IPAddress address) => FromIPAddress(address);

    /// <summary>Makes a UDP server of an end point.</summary>
    /// <param name="endPoint">The address and port.</param>
    public static DnsServer FromIPEndPoint(IPEndPoint endPoint) => new(endPoint);

    /// <summary>Makes a UDP server at port 53 of an address.</summary>
    /// <param name="address">The address.</param>
    public static DnsServer FromIPAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new DnsServer(new IPEndPoint(address, DefaultPort));
    }

    /// <summary>Reads a server from its text form.</summary>
    /// <param name="s">The text.</param>
    /// <exception cref="FormatException"><paramref name="s"/> is not a server.</exception>
    public static DnsServer Parse(string s)
    {
        ArgumentNullException.ThrowIfNull(s);
        return TryParse(s, out DnsServer? server) ? server : throw new FormatException($"'{s}' is not a DNS server: {DnsServerText.Expected}.");
    }

    /// <summary>Reads a server from its text form.</summary>
    /// <param name="s">The text.</param>
    /// <param name="result">The server, or <see langword="null"/>.</param>
    /// <returns><see langword="true"/> if <paramref name="s"/> is a server.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out DnsServer? result)
    {
        bool isServer = DnsServerText.TryParse(s, out IPEndPoint? endPoint, out DnsProtocol protocol);
        result = isServer ? new DnsServer(endPoint!, protocol) : null;
        return isServer;
    }

    static DnsServer IParsable<DnsServer>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<DnsServer>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out DnsServer result) =>
        TryParse(s, out result);

    /// <summary>Keeps a text that is not a server until validation can report it.</summary>
    internal static DnsServer Unreadable(string text) => new(text);

    /// <inheritdoc/>
    public bool Equals(DnsServer? other) =>
        other is not null && Protocol == other.Protocol && _endPoint.Equals(other._endPoint) && UnreadableText == other.UnreadableText;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsServer);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_endPoint, Protocol);

    /// <summary>Returns the text form, with the port.</summary>
    public override string ToString() => UnreadableText ?? (Protocol == DnsProtocol.Tcp ? $"tcp://{_endPoint}" : _endPoint.ToString());

    // An IPv4-mapped address is an IPv4 one (RFC 4291 §2.5.5.2): a socket for IPv6 alone cannot reach it.
    private static IPEndPoint Copy(IPEndPoint endPoint)
    {
        IPAddress address = endPoint.Address.IsIPv4MappedToIPv6 ? endPoint.Address.MapToIPv4() : endPoint.Address;
        byte[] octets = address.GetAddressBytes();
        IPAddress copy = address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(octets, address.ScopeId) : new IPAddress(octets);
        return new IPEndPoint(copy, endPoint.Port);
    }
}

using System.Net;
using StubResolver.Testing.Messages;

namespace StubResolver.Testing;

/// <summary>A query as it arrived at a <see cref="DnsTestServer"/>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class DnsTestQuery
{
    internal DnsTestQuery(QueryMessage message, DnsProtocol protocol, IPEndPoint source, int? connection)
    {
        Content = message;
        Protocol = protocol;
        Source = source;
        Connection = connection;
    }

    /// <summary>Gets the name in the question, its case kept; without a trailing dot, "." for the root, special octets escaped (RFC 1035 §5.1).</summary>
    public string Name => Content.Name;

    /// <summary>Gets the type in the question.</summary>
    public DnsRecordType Type => Content.Type;

    /// <summary>Gets the class in the question; 1 is IN.</summary>
    public int Class => Content.Class;

    /// <summary>Gets how the query came.</summary>
    public DnsProtocol Protocol { get; }

    /// <summary>Gets the address and port it came from.</summary>
    public IPEndPoint Source { get; }

    /// <summary>Gets the number of the TCP connection it came on, from 1 in the order of acceptance; <see langword="null"/> for UDP.</summary>
    public int? Connection { get; }

    /// <summary>Gets the message id, 0 to 65,535.</summary>
    public int Id => Content.Id;

    /// <summary>Gets the flags in the header.</summary>
    public DnsTestFlags Flags => Content.Flags;

    /// <summary>Gets the OPCODE in the header, 0 to 15; 0 is QUERY.</summary>
    public int Opcode => Content.Opcode;

    /// <summary>Gets the UTC time of arrival, by the server's clock.</summary>
    public DateTimeOffset Time { get; internal init; }

    /// <summary>Gets the time from the server's start to the arrival, on the monotonic clock: subtract two of them for an interval.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>Gets how many times this name, ignoring case, and type had been asked over this protocol, this query included: 1 for the first.</summary>
    public int Attempt { get; internal init; }

    /// <summary>Gets a value indicating whether the query has an OPT record (RFC 6891).</summary>
    public bool HasEdns => Content.Edns is not null;

    /// <summary>Gets the version of EDNS; 0 also without it.</summary>
    public int EdnsVersion => Content.Edns?.Version ?? 0;

    /// <summary>Gets a value indicating whether the client wants DNSSEC records (the DO bit, RFC 3225).</summary>
    public bool IsDnssecOk => Content.Edns?.DnssecOk ?? false;

    /// <summary>Gets the size in octets of the largest UDP reply the client takes: 512 without EDNS, and no less with it (RFC 6891 §6.2.3).</summary>
    public int UdpPayloadSize => Math.Max(Content.Edns?.UdpPayloadSize ?? 0, 512);

    /// <summary>Gets the 8 octets of the client cookie (RFC 7873 §4); empty where none was sent.</summary>
    public ReadOnlyMemory<byte> ClientCookie => EdnsOption(EdnsOptionCode.Cookie) is { Length: >= 8 } cookie ? cookie[..8] : default;

    /// <summary>Gets the server cookie the client gave back (RFC 7873 §4); empty where none was sent.</summary>
    public ReadOnlyMemory<byte> ServerCookie => EdnsOption(EdnsOptionCode.Cookie) is { Length: >= 8 } cookie ? cookie[8..] : default;

    /// <summary>Gets the message, octet for octet, without the length prefix of TCP.</summary>
    public ReadOnlyMemory<byte> Message => Content.Octets;

    internal QueryMessage Content { get; }

    internal long Timestamp { get; init; }

    /// <summary>Returns the data of an EDNS option, or <see langword="null"/> where the query does not have it.</summary>
    /// <param name="code">The code of the option (IANA registry "DNS EDNS0 Option Codes").</param>
    public ReadOnlyMemory<byte>? EdnsOption(int code) =>
        Content.Edns is { } edns && edns.Options.TryGetValue(code, out ReadOnlyMemory<byte> data)
            ? data
            : default(ReadOnlyMemory<byte>?);

    /// <summary>Returns the query as one line of a log.</summary>
    public override string ToString() => $"{Protocol} {Source} #{Id} {Type} {Name}";
}

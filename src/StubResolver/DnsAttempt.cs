using System.Globalization;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>One transmission of a lookup: a datagram or a TCP message to one server, and what became of it.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class DnsAttempt
{
    /// <summary>Creates an attempt.</summary>
    /// <param name="name">The name that was sent: the name asked for, a search candidate or an alias target.</param>
    /// <param name="type">The type that was asked for.</param>
    /// <param name="server">The server it was sent to.</param>
    /// <param name="protocol">How it travelled.</param>
    /// <param name="duration">From sending to the outcome; not negative.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public DnsAttempt(string name, DnsRecordType type, DnsServer server, DnsProtocol protocol, TimeSpan duration)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(server);
        Name = name;
        Type = type;
        Server = server;
        Protocol = protocol;
        Duration = duration;
    }

    /// <summary>Gets the name that was sent: the name asked for, a search candidate or an alias target.</summary>
    public string Name { get; }

    /// <summary>Gets the type that was asked for.</summary>
    public DnsRecordType Type { get; }

    /// <summary>Gets the server it was sent to.</summary>
    public DnsServer Server { get; }

    /// <summary>Gets how it travelled.</summary>
    public DnsProtocol Protocol { get; }

    /// <summary>Gets the time from sending to the outcome.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Gets why it failed, or <see langword="null"/> when it was answered.</summary>
    public DnsError? DnsError { get; init; }

    /// <summary>Gets the response code, where a response came.</summary>
    public DnsResponseCode? ResponseCode { get; init; }

    /// <summary>Gets the socket's error, where there was one.</summary>
    public SocketError? SocketError { get; init; }

    /// <summary>Gets when it was sent, as a timestamp of the resolver's clock: tells the order of attempts.</summary>
    internal long SentAt { get; init; }

    /// <summary>Returns the attempt as one line of a report.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Server} {Protocol.ToMnemonic()} {Type.ToMnemonic()} {Name}: {Result} ({Duration.TotalMilliseconds:0.0} ms)");

    private string Result => (DnsError, ResponseCode, SocketError) switch
    {
        (null, { } code, _) => code.ToString(),
        (null, null, _) => "answered",
        ({ } error, _, { } socketError) => $"{error} ({socketError})",
        ({ } error, { } code, _) when code != DnsResponseCode.NoError && code.ToString() != error.ToString() => $"{error} ({code})",
        ({ } error, _, _) => error.ToString(),
    };
}

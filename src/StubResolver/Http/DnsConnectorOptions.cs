using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace StubResolver;

/// <summary>Settings of a <see cref="DnsConnector"/>.</summary>
/// <remarks>Not thread-safe; the connector takes a snapshot. Setters never throw: the connector's constructor lists everything that is wrong at once.</remarks>
public sealed partial class DnsConnectorOptions
{
    /// <summary>Gets or sets how long one address may take before the next one is tried beside it (RFC 8305 §5).</summary>
    /// <value>
    /// The default is 250 milliseconds. From 10 milliseconds, the least that RFC 8305 §8 allows, to 1 minute, or
    /// <see cref="Timeout.InfiniteTimeSpan"/> to try an address only after the one before has failed.
    /// </value>
    public TimeSpan ConnectionAttemptDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets how long a connect may take, lookup included.</summary>
    /// <remarks>
    /// When the time ends during the lookup, a <see cref="DnsException"/> with <see cref="DnsError.Timeout"/> is thrown; when it ends later, a
    /// <see cref="SocketException"/> with <see cref="SocketError.TimedOut"/> that names the addresses tried. HttpClient wraps either in an
    /// <see cref="HttpRequestException"/>, which retry policies know as transient. <see cref="SocketsHttpHandler.ConnectTimeout"/>, which includes
    /// TLS, works too, but ends in a <see cref="TaskCanceledException"/> that does not say what was waited for.
    /// </remarks>
    /// <value>The default is <see cref="Timeout.InfiniteTimeSpan"/>: only the system's limits hold. Positive and at most 1 hour.</value>
    public TimeSpan ConnectTimeout { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>Gets or sets the address family that is tried first; the other one follows in turn.</summary>
    /// <value>
    /// The default is <see cref="AddressFamily.Unspecified"/>: the family of the first address of the answer, which is ordered by RFC 6724.
    /// Otherwise <see cref="AddressFamily.InterNetwork"/> or <see cref="AddressFamily.InterNetworkV6"/>.
    /// </value>
    public AddressFamily PreferredFamily { get; set; } = AddressFamily.Unspecified;

    /// <summary>Gets or sets what is done with each new socket before it connects: keep-alive, buffer sizes, binding.</summary>
    /// <remarks>
    /// Called once for each address tried, one call at a time for one connect, with the <see cref="Socket.NoDelay"/> that the connector has set.
    /// A <see cref="SocketException"/> from it counts as a failure of that address; any other exception ends the connect and reaches the caller.
    /// </remarks>
    /// <value>The default is <see langword="null"/>.</value>
    public Action<Socket>? ConfigureSocket { get; set; }

    /// <summary>Gets or sets which addresses may be connected to; <see cref="DnsAddressPolicy.PublicOnly"/> is ready-made.</summary>
    /// <remarks>
    /// <para>
    /// Asked about the very address that is connected, immediately before it is, IP literals included, so that a name which changes its address
    /// between a check and the connection (DNS rebinding) gains nothing. Refused addresses are skipped; where all are refused, a
    /// <see cref="DnsException"/> with <see cref="DnsError.NameNotAllowed"/> says which and what they are. Exceptions reach the caller.
    /// </para>
    /// <para>
    /// The policy sees addresses that this process connects to: behind a proxy that is the proxy's, so switch
    /// <see cref="SocketsHttpHandler.UseProxy"/> off where it guards against forged requests. HTTP/3 does not come here at all.
    /// </para>
    /// <para>Policies that are added with <c>+=</c> are asked in turn, and all must allow the address.</para>
    /// </remarks>
    /// <value>The default is <see langword="null"/>: all.</value>
    public Func<DnsConnectionTarget, bool>? AddressPolicy { get; set; }

    /// <summary>Gets or sets the clock and the timers.</summary>
    /// <value>The default is <see langword="null"/>: <see cref="TimeProvider.System"/>.</value>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>Gets or sets where the log goes: a warning for each address that the policy refuses, and what was tried at Debug.</summary>
    /// <value>The default is <see langword="null"/>: where the <see cref="DnsResolver"/> logs that the names are resolved with.</value>
    public ILoggerFactory? LoggerFactory { get; set; }
}

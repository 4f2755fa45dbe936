using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using StubResolver.Resolution;

namespace StubResolver;

/// <summary>Turns a name into a connected socket: resolves it, then races its addresses (RFC 8305).</summary>
/// <remarks>
/// <para>Thread-safe. Create one and share it: it remembers whose turn it is and which addresses refused. It does not own the resolver.</para>
/// <para>
/// Families alternate, the preferred one first. An address gets a head start of <see cref="DnsConnectorOptions.ConnectionAttemptDelay"/>, or until it
/// fails; then the next one is tried beside it, and the first connection wins. The others are closed before the connect returns. At most 64 addresses
/// of an answer are tried.
/// </para>
/// <para>
/// Neighbours in the answer that have one family, scope and RFC 6724 label count as equal and take turns, connect by connect of a host. An address and
/// port that could not be connected comes after all others for 30 seconds.
/// </para>
/// <para>
/// Sockets have <see cref="Socket.NoDelay"/> on. IP literals, in brackets or not, do not reach the resolver; other hosts do as they are, so that a
/// trailing dot keeps its meaning.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// DnsConnector connector = new(resolver, new DnsConnectorOptions { ConnectTimeout = TimeSpan.FromSeconds(5) });
/// using Socket socket = await connector.ConnectAsync("mail.example", 25);
///
/// SocketsHttpHandler handler = new() { ConnectCallback = connector.ConnectAsync };   // what handler.UseDnsResolver(resolver) does
/// </code>
/// </example>
public sealed class DnsConnector
{
    private readonly IDnsResolver _resolver;
    private readonly DnsConnectorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AddressConnector _addresses;

    /// <summary>Creates a connector.</summary>
    /// <param name="resolver">Resolves the names; not disposed.</param>
    /// <param name="options">The settings; a snapshot is taken.</param>
    /// <exception cref="ArgumentException">Settings are wrong; the message lists all of them.</exception>
    public DnsConnector(IDnsResolver resolver, DnsConnectorOptions? options = null)
        : this(resolver, options, dial: null)
    {
    }

    internal DnsConnector(IDnsResolver resolver, DnsConnectorOptions? options, DialAddress? dial)
    {
        ArgumentNullException.ThrowIfNull(resolver);
        _resolver = resolver;
        _options = (options ?? new DnsConnectorOptions()).ToSnapshot(nameof(options));
        _time = _options.TimeProvider ?? TimeProvider.System;
        _logger = ConnectionLogger.Create<DnsConnector>(_options, resolver);
        _addresses = new AddressConnector(_options, _time, dial ?? new SocketDialer(_options.ConfigureSocket).ConnectAsync);
    }

    /// <summary>Returns this connector, or one with its settings on top of those of the connector that it takes the place of.</summary>
    internal DnsConnector Over(DnsConnector? before) => before is null ? this : new DnsConnector(_resolver, _options.Over(before._options));

    /// <summary>Connects for a <see cref="SocketsHttpHandler"/>: a <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <param name="context">What to connect to.</param>
    /// <param name="cancellationToken">Ends the connect at once.</param>
    /// <returns>The connection; it owns its socket.</returns>
    /// <inheritdoc cref="ConnectAsync(string, int, CancellationToken)"/>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        Socket socket = await ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Connects to a port of a host.</summary>
    /// <param name="host">The name or IP literal.</param>
    /// <param name="port">The TCP port, from 1 to 65535.</param>
    /// <param name="cancellationToken">Ends the connect at once.</param>
    /// <returns>The connected socket; it is the caller's to dispose.</returns>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty, or <paramref name="port"/> is out of range.</exception>
    /// <exception cref="DnsException">
    /// The name has no address (what the lookup threw), the host is not a domain name (<see cref="DnsError.NameNotFound"/>, with the
    /// <see cref="ArgumentException"/> as its <see cref="DnsException.Cause"/>), the address policy refused all of them (<see cref="DnsError.NameNotAllowed"/>), or the
    /// lookup took longer than <see cref="DnsConnectorOptions.ConnectTimeout"/> (<see cref="DnsError.Timeout"/>).
    /// </exception>
    /// <exception cref="SocketException">
    /// No address could be connected: the code is the first address's, the message names every address with its error; or
    /// <see cref="SocketError.TimedOut"/> after <see cref="DnsConnectorOptions.ConnectTimeout"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the exception carries that token.</exception>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in the type of a required parameter.")]
    public ValueTask<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken = default) =>
        StartAsync(host, port, AddressFamily.Unspecified, cancellationToken);

    /// <summary>Connects to an end point; with an address family, only to addresses of it.</summary>
    /// <param name="endPoint">The host, the port from 1 to 65535, and the family.</param>
    /// <param name="cancellationToken">Ends the connect at once.</param>
    /// <inheritdoc cref="ConnectAsync(string, int, CancellationToken)"/>
    [SuppressMessage("ApiDesign", "RS0026", Justification = "The overloads differ in the type of a required parameter.")]
    [SuppressMessage("ApiDesign", "RS0027", Justification = "The overloads differ in the type of a required parameter.")]
    public ValueTask<Socket> ConnectAsync(DnsEndPoint endPoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return StartAsync(endPoint.Host, endPoint.Port, endPoint.AddressFamily, cancellationToken);
    }

    private ValueTask<Socket> StartAsync(string host, int port, AddressFamily family, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        ConnectReport report = new(host, port, _logger);
        return _options.ConnectTimeout == Timeout.InfiniteTimeSpan
            ? ResolveAndConnectAsync(report, family, cancellationToken)
            : ConnectInTimeAsync(report, family, cancellationToken);
    }

    private async ValueTask<Socket> ConnectInTimeAsync(ConnectReport report, AddressFamily family, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = new(_options.ConnectTimeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await ResolveAndConnectAsync(report, family, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw report.ToTimeoutException(_options.ConnectTimeout);
        }
    }

    private async ValueTask<Socket> ResolveAndConnectAsync(ConnectReport report, AddressFamily family, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (AddressLiteral.TryParse(report.Host, out IPAddress? literal) && (family == AddressFamily.Unspecified || family == literal.AddressFamily))
        {
            return await _addresses.ConnectAsync(report, literal, cancellationToken).ConfigureAwait(false);
        }

        DnsAnswer<DnsAddressRecord> answer = await ResolveAsync(report.Host, family, cancellationToken).ConfigureAwait(false);
        return answer.Records.Count switch
        {
            0 => throw new DnsException(DnsError.NoData, report.Host),
            1 => await _addresses.ConnectAsync(report, answer.Records[0].Address, cancellationToken).ConfigureAwait(false),
            _ => await _addresses.ConnectAsync(report, answer.Records, cancellationToken).ConfigureAwait(false),
        };
    }

    // HttpClient knows what became of a name from the kind of exception, and any text may be the host of a URI.
    private async ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAsync(string host, AddressFamily family, CancellationToken cancellationToken)
    {
        try
        {
            ThrowIfAddress(host);
            return await _resolver.ResolveAddressesAsync(host, family, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException exception)
        {
            throw new DnsException(DnsError.NameNotFound, host, $"'{host}' is not a domain name, and so does not exist: {exception.Message}") { Cause = exception };
        }
    }

    // DNS would take any octets.
    private static void ThrowIfAddress(string host)
    {
        if (host.AsSpan().ContainsAny('[', ']', ':'))
        {
            throw new ArgumentException("An IPv6 address has both brackets or none, and no port after them.", nameof(host));
        }
    }
}

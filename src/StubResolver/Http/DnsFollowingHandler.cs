using Microsoft.Extensions.Logging;

namespace StubResolver;

/// <summary>A handler for HttpClient whose connections follow DNS: no request goes to a server that has left the answer for its name.</summary>
/// <remarks>
/// <para>Thread-safe. Create one and share it, for as long as the application runs; it does not own the resolver.</para>
/// <para>
/// It keeps one <see cref="SocketsHttpHandler"/> a host and watches, with <see cref="IDnsResolver.Watch"/>, the names that it has open connections to.
/// When an address that it is connected to leaves the answer, new requests of the host go to a new handler with connections of its own, and the old
/// one is disposed once no request waits for its response headers any more. Nothing is cut: a disposed <see cref="SocketsHttpHandler"/> lets responses
/// and HTTP/2 streams that are under way finish. An address that is merely added replaces nothing.
/// </para>
/// <para>
/// The first change takes effect at once. While the addresses keep changing, as those of content networks do, a host's handler is replaced at most
/// every 60 seconds, doubling to 10 minutes, so that new TLS sessions stay rare; twice that time without a change starts over.
/// </para>
/// <para>
/// A host without requests for 5 minutes is dropped, within another minute, with its connections and watches; so is the one unused longest when there
/// are 1,000. Settings that <see cref="SocketsHttpHandler"/> applies to each of its pools, as <see cref="SocketsHttpHandler.MaxConnectionsPerServer"/>,
/// hold for each handler, so that for a short time twice as many connections may be open.
/// </para>
/// <para>
/// With a proxy, the name that is watched is the proxy's. IP literals are connected to and never watched. HTTP/3 connections are not followed, since
/// QUIC does not use <see cref="SocketsHttpHandler.ConnectCallback"/>. A synchronous <see cref="HttpClient.Send(HttpRequestMessage)"/> blocks its
/// thread while the name is resolved and connected. Where handlers must share cookies, let <c>createHandler</c> give them one
/// <see cref="SocketsHttpHandler.CookieContainer"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// HttpClient client = new(new DnsFollowingHandler(resolver, () => new SocketsHttpHandler { MaxConnectionsPerServer = 20 }));
/// </code>
/// </example>
public sealed class DnsFollowingHandler : HttpMessageHandler
{
    private readonly FollowedHosts _hosts;

    /// <summary>Creates a handler.</summary>
    /// <param name="resolver">Resolves and watches the names; not disposed.</param>
    /// <param name="createHandler">
    /// Makes the handler of a host, a new one for each call; this handler owns it and sets its <see cref="SocketsHttpHandler.ConnectCallback"/>, where it
    /// may have none of somebody else's (requests throw <see cref="InvalidOperationException"/> then). Where it has one of
    /// <see cref="SocketsHttpHandlerExtensions.UseDnsResolver"/>, the options of that hold too, and both address policies are asked. The default is
    /// a handler with default settings.
    /// </param>
    /// <param name="options">How connections are made; a snapshot is taken.</param>
    /// <exception cref="ArgumentException">Settings are wrong; the message lists all of them.</exception>
    public DnsFollowingHandler(IDnsResolver resolver, Func<SocketsHttpHandler>? createHandler = null, DnsConnectorOptions? options = null)
    {
        TimeProvider time = options?.TimeProvider ?? TimeProvider.System;
        DnsConnector connector = new(resolver, options);
        ILogger logger = ConnectionLogger.Create<DnsFollowingHandler>(options, resolver);
        _hosts = new FollowedHosts(new FollowedHostServices(resolver, connector, createHandler ?? (static () => new SocketsHttpHandler()), time, logger));
    }

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="ObjectDisposedException">The handler is disposed.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using HandlerLease lease = _hosts.Enter(HostOf(request));
        return await lease.Invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a request and blocks until the response headers are read; HTTP/1.1 only, as <see cref="SocketsHttpHandler"/> demands.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <exception cref="ObjectDisposedException">The handler is disposed.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using HandlerLease lease = _hosts.Enter(HostOf(request));
        return lease.Invoker.Send(request, cancellationToken);
    }

    /// <summary>Ends the watches and disposes the handlers; requests under way finish.</summary>
    /// <param name="disposing">Whether the call comes from <see cref="HttpMessageHandler.Dispose()"/>.</param>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hosts.Dispose();
        }

        base.Dispose(disposing);
    }

    // A request without a usable address goes to a handler too, which says what is wrong with it.
    private static string HostOf(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.RequestUri is { IsAbsoluteUri: true } uri ? uri.IdnHost : string.Empty;
    }
}

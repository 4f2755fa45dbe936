namespace StubResolver;

/// <summary>Lets handlers of HttpClient resolve names with an <see cref="IDnsResolver"/>.</summary>
public static class SocketsHttpHandlerExtensions
{
    /// <summary>Lets a handler's connections be made by a <see cref="DnsConnector"/>.</summary>
    /// <remarks>
    /// <para>
    /// Calling it again replaces the resolver, and options that are set again. Those that are not stay as they are; an
    /// <see cref="DnsConnectorOptions.AddressPolicy"/> and a <see cref="DnsConnectorOptions.ConfigureSocket"/> are added to the ones before.
    /// </para>
    /// <para>
    /// Failed lookups arrive as <see cref="HttpRequestException"/> with <see cref="HttpRequestError.NameResolutionError"/> and the
    /// <see cref="DnsException"/> inside. Connections that are open stay where they are when a name moves: see <see cref="DnsFollowingHandler"/>.
    /// </para>
    /// <para>
    /// With a proxy, the name resolved is the proxy's; the proxy resolves the other one. HTTP/3 does not come here: QUIC does not use
    /// <see cref="SocketsHttpHandler.ConnectCallback"/>, so neither resolver nor address policy see its connections. A handler uses it where a
    /// request asks for version 3.0, or for an "or higher" policy and the server advertises it.
    /// </para>
    /// <para>A synchronous <see cref="HttpClient.Send(HttpRequestMessage)"/> blocks its thread while the name is resolved and connected.</para>
    /// </remarks>
    /// <param name="handler">The handler; it must not have sent a request yet.</param>
    /// <param name="resolver">Resolves the names; not disposed with the handler.</param>
    /// <param name="options">The settings; a snapshot is taken.</param>
    /// <returns>The handler.</returns>
    /// <exception cref="ArgumentException">Settings are wrong; the message lists all of them.</exception>
    /// <exception cref="InvalidOperationException">
    /// The handler has a <see cref="SocketsHttpHandler.ConnectCallback"/> of somebody else's, or has sent a request.
    /// </exception>
    public static SocketsHttpHandler UseDnsResolver(this SocketsHttpHandler handler, IDnsResolver resolver, DnsConnectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        DnsConnector connector = new DnsConnector(resolver, options).Over(handler.FindConnector());
        handler.ConnectCallback = connector.ConnectAsync;
        return handler;
    }

    /// <summary>Returns the connector that makes a handler's connections, or <see langword="null"/>; throws where they are made by something else.</summary>
    internal static DnsConnector? FindConnector(this SocketsHttpHandler handler) => handler.ConnectCallback switch
    {
        null => null,
        { Target: DnsConnector connector } => connector,
        _ => throw new InvalidOperationException(
            "The handler has a ConnectCallback already, which would be lost. Remove it, or resolve and connect in it with DnsConnector.ConnectAsync."),
    };
}

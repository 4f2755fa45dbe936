namespace StubResolver.Extensions.HttpClients;

/// <summary>The handler of a client that makes the connections, and the one around it, if there is one.</summary>
internal readonly record struct PrimaryHandler(HttpMessageHandler Handler, DelegatingHandler? Outer)
{
    /// <summary>Looks through the delegating handlers that a client's primary handler may be wrapped in.</summary>
    public static PrimaryHandler Find(HttpMessageHandler handler)
    {
        DelegatingHandler? outer = null;
        while (handler is DelegatingHandler { InnerHandler: { } inner } delegating)
        {
            outer = delegating;
            handler = inner;
        }

        return new PrimaryHandler(handler, outer);
    }

    /// <summary>Returns what to do with the handler.</summary>
    public HandlerAction Decide(DnsChoiceKind kind) => (kind, Handler) switch
    {
        (DnsChoiceKind.System, _) => HandlerAction.Leave,
        (_, DnsFollowingHandler) => HandlerAction.KeepConnector,
        (DnsChoiceKind.Following, SocketsHttpHandler { ConnectCallback: null or { Target: DnsConnector } }) => HandlerAction.Follow,
        (DnsChoiceKind.Following, SocketsHttpHandler) => HandlerAction.CannotFollow,
        (_, SocketsHttpHandler { ConnectCallback: null }) => HandlerAction.Connect,
        (_, SocketsHttpHandler { ConnectCallback.Target: DnsConnector }) => HandlerAction.KeepConnector,
        (_, SocketsHttpHandler) => HandlerAction.KeepCallback,
        _ => HandlerAction.CannotConnect,
    };
}

namespace StubResolver.Extensions.HttpClients;

/// <summary>What to do with the primary handler of a client.</summary>
internal enum HandlerAction
{
    /// <summary>Nothing.</summary>
    Leave,

    /// <summary>Let a connector make its connections.</summary>
    Connect,

    /// <summary>Put a handler in its place that follows DNS and makes handlers with its settings.</summary>
    Follow,

    /// <summary>Nothing: it connects with a resolver and options of the user's choice. Say so where others were set.</summary>
    KeepConnector,

    /// <summary>Nothing, and say so: it has a ConnectCallback of the user's.</summary>
    KeepCallback,

    /// <summary>Refuse: it has a ConnectCallback of the user's, which says nothing about the addresses it connects to.</summary>
    CannotFollow,

    /// <summary>Refuse: it is of a type whose connections cannot be made by somebody else.</summary>
    CannotConnect,
}

using System.Net;
using System.Net.Sockets;

namespace StubResolver;

/// <summary>One handler of a host, from its making to its replacement, and the connections it has open. Thread-safe.</summary>
/// <remarks>Counts who uses it: the host, until it is replaced, and requests that wait for their headers. The last one out disposes it.</remarks>
internal sealed class HandlerGeneration
{
    private readonly Func<HandlerGeneration, DnsEndPoint, CancellationToken, ValueTask<Stream>> _connect;
    private readonly Lock _lock = new();
    private readonly HashSet<OpenConnection> _open = [];
    private int _users = 1;

    public HandlerGeneration(
        SocketsHttpHandler? handler, DnsConnector connector, Func<HandlerGeneration, DnsEndPoint, CancellationToken, ValueTask<Stream>> connect)
    {
        if (handler is null)
        {
            throw new InvalidOperationException("createHandler returned null; it must make a new handler for each call.");
        }

        if (handler.ConnectCallback is { Target: HandlerGeneration })
        {
            throw new InvalidOperationException("createHandler returned the same handler again; it must make a new one for each call.");
        }

        Connector = connector.Over(handler.FindConnector());
        _connect = connect;
        handler.ConnectCallback = ConnectAsync;
        Invoker = new HttpMessageInvoker(handler, disposeHandler: true);
    }

    public HttpMessageInvoker Invoker { get; }

    /// <summary>Gets what makes the connections: with the settings of the connector that the handler came with, if it came with one.</summary>
    public DnsConnector Connector { get; }

    /// <summary>Keeps the handler from being disposed until <see cref="Exit"/>. Only for who knows that another user is still in.</summary>
    public void Enter() => Interlocked.Increment(ref _users);

    public void Exit()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            Invoker.Dispose();
        }
    }

    /// <summary>Makes a stream of a socket, whose connection counts as open until the stream is disposed.</summary>
    public Stream Track(Socket socket, OpenConnection connection)
    {
        TrackedStream stream = new(socket, () => Remove(connection));
        lock (_lock)
        {
            _open.Add(connection);
        }

        return stream;
    }

    public OpenConnection? FindOpen(Func<OpenConnection, bool> predicate)
    {
        lock (_lock)
        {
            return _open.FirstOrDefault(predicate);
        }
    }

    private ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        _connect(this, context.DnsEndPoint, cancellationToken);

    private void Remove(OpenConnection connection)
    {
        lock (_lock)
        {
            _open.Remove(connection);
        }
    }
}

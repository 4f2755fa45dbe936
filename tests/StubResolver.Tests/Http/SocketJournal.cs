using System.Net.Sockets;

namespace StubResolver.Tests.Http;

/// <summary>Every socket that a connector made, so that a test can tell which are still open.</summary>
internal sealed class SocketJournal
{
    private readonly Lock _lock = new();
    private readonly List<Socket> _sockets = [];

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _sockets.Count;
            }
        }
    }

    public IReadOnlyList<Socket> Open
    {
        get
        {
            lock (_lock)
            {
                return _sockets.FindAll(socket => !socket.SafeHandle.IsClosed);
            }
        }
    }

    /// <summary>A <see cref="DnsConnectorOptions.ConfigureSocket"/>.</summary>
    public void Add(Socket socket)
    {
        lock (_lock)
        {
            _sockets.Add(socket);
        }
    }
}

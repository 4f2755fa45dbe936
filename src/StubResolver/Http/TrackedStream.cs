using System.Net.Sockets;

namespace StubResolver;

/// <summary>A connection that tells when it is closed.</summary>
internal sealed class TrackedStream(Socket socket, Action closed) : NetworkStream(socket, ownsSocket: true)
{
    private Action? _closed = closed;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        Interlocked.Exchange(ref _closed, null)?.Invoke();
    }
}

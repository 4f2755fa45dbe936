using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>
/// Knows which local address the host would use for a destination, by connecting a UDP socket: the kernel chooses, nothing is sent.
/// Thread-safe; remembers results, those of unreachable destinations too, for a few seconds.
/// </summary>
internal sealed class SourceAddresses(TimeProvider time, Func<IPAddress, IPAddress?> probe)
{
    private const int MaxRemembered = 1000;
    private const int DiscardPort = 9;

    private static readonly TimeSpan s_life = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<IPAddress, Entry> _remembered = new(); // read several times a lookup, hardly ever written
    private readonly CoarseClock _clock = new(time);

    public SourceAddresses(TimeProvider time)
        : this(time, Probe)
    {
    }

    /// <summary>Returns the source for a destination, or <see langword="null"/> if the host has no route to it.</summary>
    public IPAddress? Find(IPAddress destination)
    {
        if (_remembered.TryGetValue(destination, out Entry? entry) && _clock.Now - entry.Moment < s_life.Ticks)
        {
            return entry.Source;
        }

        IPAddress? source = probe(destination);
        if (_remembered.Count >= MaxRemembered)
        {
            _remembered.Clear(); // entries live so short that choosing among them is not worth it
        }

        _remembered[destination] = new Entry(source, _clock.Now);
        return source;
    }

    private static IPAddress? Probe(IPAddress destination)
    {
        try
        {
            using Socket socket = new(destination.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            using SocketAsyncEventArgs connecting = new(true) { RemoteEndPoint = new IPEndPoint(destination, DiscardPort) };
            bool isPending = socket.ConnectAsync(connecting); // never for UDP, and where there is no route it says so without an exception
            return !isPending && connecting.SocketError == SocketError.Success ? (socket.LocalEndPoint as IPEndPoint)?.Address : null;
        }
        catch (SocketException)
        {
            return null; // no such family on this host
        }
    }

    private sealed record Entry(IPAddress? Source, long Moment);
}

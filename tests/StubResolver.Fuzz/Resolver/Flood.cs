using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StubResolver.Tests.Wild;

namespace StubResolver.Fuzz.Resolver;

/// <summary>Throws datagrams of all lengths at every UDP port that is connected to one of the servers: from that server, and from a stranger.</summary>
internal sealed class Flood(IReadOnlyList<WildServer> servers, int seed, CancellationToken stopping)
{
    private const string PortsFile = "/proc/self/net/udp";

    private readonly Random _random = Draw.For(seed, "flood");
    private readonly byte[] _octets = Draw.Octets(Draw.For(seed, "octets"), ushort.MaxValue);

    /// <summary>Gets how many datagrams were sent.</summary>
    public long Count { get; private set; }

    /// <summary>Starts on a thread of its own, which sends without pause.</summary>
    public Task StartAsync() => Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Run()
    {
        using Socket stranger = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        while (!stopping.IsCancellationRequested)
        {
            foreach (string[] line in File.ReadLines(PortsFile).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                if (servers.FirstOrDefault(server => server.EndPoint.Port == GetPort(line[2])) is { } server)
                {
                    IPEndPoint port = new(IPAddress.Loopback, GetPort(line[1]));
                    Throw(datagram => server.Send(datagram, port));
                    Throw(datagram => stranger.SendTo(datagram, port));
                }
            }
        }
    }

    private void Throw(Action<ArraySegment<byte>> send)
    {
        int length = Draw.Length(_random, FalseReply.LargestDatagram);
        try
        {
            send(new ArraySegment<byte>(_octets, _random.Next(_octets.Length - length), length));
            Count++;
        }
        catch (SocketException)
        {
            // the port was closed meanwhile
        }
    }

    private static int GetPort(string address) => int.Parse(address.AsSpan(address.IndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}

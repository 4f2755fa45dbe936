using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;

namespace StubResolver.Transport;

/// <summary>UDP and TCP over real sockets.</summary>
internal sealed class SocketTransport(
    int maxTcpConnectionsPerServer, TimeProvider time, RandomSource random, ResolverMetrics metrics, ILogger logger) : DnsTransport
{
    private readonly UdpTransmissionPool _udp = new(random, metrics);
    private readonly ConcurrentDictionary<DnsServer, TcpServerConnections> _tcp = new();

    /// <summary>Datagrams that were sent and whose sockets are still open; 0 when no question is in flight.</summary>
    public int OpenUdpCount => _udp.Sockets.InFlightCount;

    public override ITransmission Send(in TransmissionRequest request, ITransmissionSink sink)
    {
        if (request.Protocol == DnsProtocol.Tcp)
        {
            return ConnectionsTo(request.Server).Send(request, sink);
        }

        UdpTransmission transmission = _udp.Rent();
        transmission.Start(request, sink);
        return transmission;
    }

    public override void ResetConnections()
    {
        foreach (TcpServerConnections connections in _tcp.Values)
        {
            connections.Retire();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _udp.Dispose();
        foreach (TcpServerConnections connections in _tcp.Values)
        {
            await connections.DisposeAsync().ConfigureAwait(false);
        }
    }

    private TcpServerConnections ConnectionsTo(DnsServer server) => _tcp.GetOrAdd(
        server,
        static (server, transport) => transport.CreateConnections(server),
        this);

    private TcpServerConnections CreateConnections(DnsServer server) => new(server, maxTcpConnectionsPerServer, time, random, metrics, logger);
}

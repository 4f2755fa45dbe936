using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;
using StackExchange.Redis.Configuration;
using StubResolver;

namespace ClientSamples;

/// <summary>StackExchange.Redis takes a tunnel that brings the connections: <c>options.Tunnel = new RedisTunnel(connector)</c>.</summary>
public sealed class RedisTunnel(DnsConnector connector) : Tunnel
{
    // No end point: the client shall make no socket of its own, and resolve nothing.
    public override ValueTask<EndPoint?> GetSocketConnectEndpointAsync(EndPoint endpoint, CancellationToken cancellationToken) => default;

    public override async ValueTask<Stream?> BeforeAuthenticateAsync(
        EndPoint endpoint, ConnectionType connectionType, Socket? socket, CancellationToken cancellationToken)
    {
        DnsEndPoint target = endpoint as DnsEndPoint ?? new DnsEndPoint(((IPEndPoint)endpoint).Address.ToString(), ((IPEndPoint)endpoint).Port);
        return new NetworkStream(await connector.ConnectAsync(target, cancellationToken), ownsSocket: true);
    }
}

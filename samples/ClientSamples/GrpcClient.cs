using Grpc.Net.Client;
using StubResolver;

namespace ClientSamples;

/// <summary>gRPC channels over <see cref="SocketsHttpHandler"/>. Create one a service and share it.</summary>
public static class GrpcClient
{
    /// <summary>Resolves with the resolver; the channel stays with the server that it has found.</summary>
    public static GrpcChannel CreateChannel(IDnsResolver resolver, Uri address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true }.UseDnsResolver(resolver),
    });

    /// <summary>Follows DNS: when the service moves, new calls go to the new address, and streams that are open finish where they are.</summary>
    public static GrpcChannel CreateFollowingChannel(IDnsResolver resolver, Uri address) => GrpcChannel.ForAddress(address, new GrpcChannelOptions
    {
        HttpHandler = new DnsFollowingHandler(resolver, static () => new SocketsHttpHandler { EnableMultipleHttp2Connections = true }),
    });
}

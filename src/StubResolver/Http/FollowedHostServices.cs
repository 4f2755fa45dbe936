using Microsoft.Extensions.Logging;

namespace StubResolver;

/// <summary>What all hosts of a <see cref="DnsFollowingHandler"/> share.</summary>
internal sealed record FollowedHostServices(
    IDnsResolver Resolver, DnsConnector Connector, Func<SocketsHttpHandler> CreateHandler, TimeProvider Time, ILogger Logger);

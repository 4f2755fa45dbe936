using Microsoft.Extensions.Logging;
using StubResolver.Configuration;
using StubResolver.Diagnostics;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Makes the context of each configuration generation; owns what outlives them all.</summary>
internal sealed class ContextFactory : IAsyncDisposable
{
    private readonly DnsResolverOptions _options;
    private readonly ILogger _logger;
    private readonly DnsTransport _transport;
    private readonly QuerySlots _slots;
    private readonly SourceAddresses _sources;
    private readonly ReplyCounter _replies = new();

    /// <param name="options">The options.</param>
    /// <param name="transport">How messages travel, or <see langword="null"/> for sockets; ours to dispose.</param>
    /// <param name="logger">Where to tell.</param>
    public ContextFactory(DnsResolverOptions options, DnsTransport? transport, ILogger logger)
    {
        _options = options;
        _logger = logger;
        Time = options.TimeProvider ?? TimeProvider.System;
        Metrics = new ResolverMetrics(options.MeterFactory);
        _transport = transport ?? new SocketTransport(options.MaxTcpConnectionsPerServer, Time, Random, Metrics, logger);
        _slots = new QuerySlots(options.MaxConcurrentQueries);
        _sources = new SourceAddresses(Time);
    }

    public readonly TimeProvider Time;

    public readonly RandomSource Random = new();

    public readonly ResolverMetrics Metrics;

    /// <summary>Makes a context; servers that stay keep what was learnt about them.</summary>
    public QuestionContext Create(SystemSnapshot system, QuestionContext? previous)
    {
        ResolverSettings settings = new(_options, system);
        ServerState[] servers = new ServerState[settings.Servers.Count];
        for (int i = 0; i < servers.Length; i++)
        {
            DnsServer server = settings.Servers[i];
            servers[i] = previous?.FindServer(server) ?? new ServerState(server, Time);
        }

        return new QuestionContext(settings, servers, _transport, _slots, Random, Time, Metrics, _logger, _replies, _sources.Find);
    }

    public ValueTask DisposeAsync() => _transport.DisposeAsync();
}

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
    private readonly byte[] _cookieKey = new byte[SipHash.KeyLength];

    /// <param name="options">The options.</param>
    /// <param name="transport">How messages travel, or <see langword="null"/> for sockets; ours to dispose.</param>
    /// <param name="logger">Where to tell.</param>
    public ContextFactory(DnsResolverOptions options, DnsTransport? transport, ILogger logger)
    {
        _options = options;
        _logger = logger;
        Time = options.TimeProvider ?? TimeProvider.System;
        Metrics = new ResolverMetrics(options.MeterFactory);
        _transport = transport ?? new SocketTransport(options.MaxTcpConnectionsPerServer, Time, Random, Metrics);
        _slots = new QuerySlots(options.MaxConcurrentQueries);
        _sources = new SourceAddresses(Time);
        Entropy.Fill(_cookieKey);
    }

    public TimeProvider Time { get; }

    public RandomSource Random { get; } = new();

    public ResolverMetrics Metrics { get; }

    /// <summary>Makes a context; servers that stay keep what was learnt about them.</summary>
    public QuestionContext Create(SystemSnapshot system, QuestionContext? previous) => new()
    {
        Settings = SettingsMerge.Merge(_options, system),
        Servers = GetServers(system, previous),
        Transport = _transport,
        Slots = _slots,
        Random = Random,
        Time = Time,
        Metrics = Metrics,
        Logger = _logger,
        Replies = _replies,
        CookieKey = _cookieKey,
        FindSource = _sources.Find,
    };

    private ServerState[] GetServers(SystemSnapshot system, QuestionContext? previous)
    {
        IReadOnlyList<DnsServer> servers = SettingsMerge.GetServers(_options, system);
        ServerState[] states = new ServerState[servers.Count];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = previous?.FindServer(servers[i]) ?? new ServerState(servers[i], Time);
        }

        return states;
    }

    public ValueTask DisposeAsync() => _transport.DisposeAsync();
}

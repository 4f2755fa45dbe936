using System.Net;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>What every question of one configuration generation shares. Immutable itself; its parts are thread-safe.</summary>
internal sealed class QuestionContext(
    ResolverSettings settings,
    ServerState[] servers,
    DnsTransport transport,
    QuerySlots slots,
    RandomSource random,
    TimeProvider time,
    ResolverMetrics metrics,
    ILogger logger,
    ReplyCounter replies,
    Func<IPAddress, IPAddress?> findSource)
{
    /// <summary>What is the same object in all contexts of one generation, those after a sleep too.</summary>
    public readonly object Generation = new();

    public readonly ResolverSettings Settings = settings;
    public readonly DnsTransport Transport = transport;
    public readonly QuerySlots Slots = slots;
    public readonly RandomSource Random = random;
    public readonly TimeProvider Time = time;
    public readonly ResolverMetrics Metrics = metrics;
    public readonly ILogger Logger = logger;
    public readonly ReplyCounter Replies = replies;

    /// <summary>The address this host would send from to reach another one, or <see langword="null"/> where it has no route.</summary>
    public readonly Func<IPAddress, IPAddress?> FindSource = findSource;

    public ServerState[] Servers { get; private set; } = servers;

    /// <summary>Whether this host has a route to one of these addresses.</summary>
    public bool HasRoute(QuestionOutcome outcome)
    {
        for (int i = 0; i < outcome.RecordCount; i++)
        {
            if (outcome.GetRecord(i) is DnsAddressRecord { Address: { } address } && FindSource(address) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Returns what is believed about a server.</summary>
    public ServerState? FindServer(DnsServer server)
    {
        foreach (ServerState state in Servers)
        {
            if (state.Server.Equals(server))
            {
                return state;
            }
        }

        return null;
    }

    /// <summary>Returns the same context in which nothing is believed about the servers.</summary>
    public QuestionContext WithFreshServers() => WithServers(Array.ConvertAll(Servers, state => new ServerState(state.Server, Time)));

    /// <summary>Returns the same context with other servers.</summary>
    public QuestionContext WithServers(ServerState[] servers)
    {
        QuestionContext copy = (QuestionContext)MemberwiseClone();
        copy.Servers = servers;
        return copy;
    }

    /// <summary>Returns the cookie for a query to a server; empty where it is asked without one.</summary>
    public ReadOnlyMemory<byte> GetCookie(ServerState server) =>
        FindSource(server.Server.SharedEndPoint.Address) is { } source ? server.Cookies.Get(source, Random) : default;
}

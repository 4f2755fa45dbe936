using System.Net;
using Microsoft.Extensions.Logging;
using StubResolver.Diagnostics;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>What every question of one configuration generation shares. Immutable itself; its parts are thread-safe.</summary>
internal sealed record QuestionContext
{
    /// <summary>Gets what is the same object in all contexts of one generation, those after a sleep too.</summary>
    public object Generation { get; init; } = new();

    public required ResolverSettings Settings { get; init; }

    public required ServerState[] Servers { get; init; }

    public required DnsTransport Transport { get; init; }

    public required QuerySlots Slots { get; init; }

    public required RandomSource Random { get; init; }

    public required TimeProvider Time { get; init; }

    public required ResolverMetrics Metrics { get; init; }

    public required ILogger Logger { get; init; }

    public required ReplyCounter Replies { get; init; }

    /// <summary>The key of the client's part of cookies.</summary>
    public required ReadOnlyMemory<byte> CookieKey { get; init; }

    /// <summary>The address this host would send from to reach another one, or <see langword="null"/> where it has no route.</summary>
    public required Func<IPAddress, IPAddress?> FindSource { get; init; }

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
    public QuestionContext WithFreshServers() => this with { Servers = Array.ConvertAll(Servers, state => new ServerState(state.Server, Time)) };

    /// <summary>Returns the cookie for a query to a server, and whether its reply must bring it back.</summary>
    public (ReadOnlyMemory<byte> Cookie, bool IsRequired) GetCookie(ServerState server)
    {
        IPAddress address = server.Server.SharedEndPoint.Address;
        return FindSource(address) is { } source ? server.Cookies.Get(CookieKey.Span, address, source) : default;
    }

    public bool Equals(QuestionContext? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

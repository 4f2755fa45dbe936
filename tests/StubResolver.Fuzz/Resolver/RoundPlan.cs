using System.Net;
using Microsoft.Extensions.Logging;

namespace StubResolver.Fuzz.Resolver;

/// <summary>What is drawn for a round: its kind, its servers and the options of its resolver.</summary>
internal sealed class RoundPlan
{
    private const int KindsPerFlood = 4;
    private const int MaxServers = 3;

    private readonly int _optionsSeed;

    public RoundPlan(int seed)
    {
        Random random = Draw.For(seed, "plan");
        Seed = seed;
        Kind = seed % KindsPerFlood == 0 ? RoundKind.Flooded : Draw.Of(random, RoundKind.Truthful, RoundKind.Hostile);
        Roles = Kind == RoundKind.Hostile
            ? [.. Enumerable.Repeat(ServerRole.Hostile, random.Next(1, MaxServers + 1))]
            : CreateRoles(random);
        IsDisposedEarly = Kind == RoundKind.Hostile && random.Next(6) == 0;
        _optionsSeed = random.Next();
    }

    public int Seed { get; }

    public RoundKind Kind { get; }

    public ServerRole[] Roles { get; }

    /// <summary>Whether the resolver is disposed of while lookups are under way.</summary>
    public bool IsDisposedEarly { get; }

    public DnsResolverOptions CreateOptions(IReadOnlyList<IPEndPoint> servers, ILoggerFactory logs)
    {
        Random random = new(_optionsSeed);
        bool isHostile = Kind == RoundKind.Hostile;
        return new DnsResolverOptions
        {
            Servers = [.. servers.Select(server => new DnsServer(server, Kind != RoundKind.Flooded && random.Next(3) == 0 ? DnsProtocol.Tcp : DnsProtocol.Udp))],
            LookupTimeout = isHostile ? TimeSpan.FromMilliseconds(random.Next(300, 2500)) : TimeSpan.FromSeconds(15),
            AttemptTimeout = TimeSpan.FromMilliseconds(isHostile ? random.Next(20, 400) : 1000),
            Attempts = isHostile ? random.Next(1, 4) : 3,
            AddressQueryOrder = Draw.Of(random, DnsAddressOrder.Sequential, DnsAddressOrder.Parallel),
            SequentialPatience = TimeSpan.FromMilliseconds(random.Next(300)),
            IPv6 = DnsIPv6Mode.Always,
            RequireBothFamilies = random.Next(4) == 0,
            UdpPayloadSize = Draw.Of(random, 0, 512, 1232, 1400),
            RandomizeCase = random.Next(2) == 0,
            UseCookies = random.Next(2) == 0,
            UseHostsFile = false,
            UseSearchList = false,
            RotateServers = random.Next(3) == 0,
            TrustAuthenticatedData = random.Next(3) == 0,
            HedgeAfter = random.Next(3) == 0 ? TimeSpan.FromMilliseconds(random.Next(50)) : null,
            MaxConcurrentQueries = Draw.Of(random, 128, 8),
            MaxTcpConnectionsPerServer = random.Next(1, 5),
            Cache = new DnsCacheOptions { Capacity = Draw.Of(random, 10_000, 0, 20), MaxStale = Draw.Of(random, TimeSpan.Zero, TimeSpan.FromHours(1)) },
            LoggerFactory = logs,
        };
    }

    private static ServerRole[] CreateRoles(Random random)
    {
        ServerRole[] roles = [.. Enumerable.Range(0, random.Next(1, MaxServers + 1)).Select(_ => Draw.Of(random, ServerRole.Truthful, ServerRole.Failing))];
        roles[random.Next(roles.Length)] = ServerRole.Truthful;
        return roles;
    }
}

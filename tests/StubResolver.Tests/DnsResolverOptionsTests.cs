using System.Net;

namespace StubResolver.Tests;

public sealed class DnsResolverOptionsTests
{
    public static TheoryData<Action<DnsResolverOptions>, string> Mistakes => new()
    {
        { options => options.Servers = null!, "Servers must not be null" },
        { options => options.Servers.Add(null!), "Servers[0] must not be null" },
        { options => options.Servers.Add(new IPEndPoint(IPAddress.Loopback, 0)), "port" },
        { options => options.Servers.Add(IPAddress.Any), "unspecified" },
        { options => options.Servers.Add(IPAddress.IPv6Any), "unspecified" },
        { options => options.Servers.Add(IPAddress.Broadcast), "broadcast" },
        { options => options.Servers.Add(IPAddress.Parse("224.0.0.251")), "multicast" },
        { options => options.Servers.Add(IPAddress.Parse("ff02::fb")), "multicast" },
        { options => options.Servers = [IPAddress.Loopback, IPAddress.Loopback], "Servers[1] '127.0.0.1:53' is there twice" },
        { options => options.Servers.Add(new DnsServer(new IPEndPoint(IPAddress.Loopback, 53), (DnsProtocol)9)), "9" },
        { options => options.Servers = [.. Enumerable.Range(1, 33).Select(i => (DnsServer)IPAddress.Parse($"192.0.2.{i}"))], "33" },
        { options => options.Mode = (DnsResolverMode)7, "Mode" },
        { options => options.AddressQueryOrder = (DnsAddressOrder)7, "AddressQueryOrder" },
        { options => options.IPv6 = (DnsIPv6Mode)7, "IPv6" },
        { options => options.LookupTimeout = TimeSpan.Zero, "LookupTimeout" },
        { options => options.LookupTimeout = TimeSpan.FromMinutes(10.1), "LookupTimeout" },
        { options => options.LookupTimeout = Timeout.InfiniteTimeSpan, "LookupTimeout" },
        { options => options.AttemptTimeout = TimeSpan.Zero, "AttemptTimeout" },
        { options => options.AttemptTimeout = TimeSpan.FromMinutes(2), "AttemptTimeout" },
        { options => options.Attempts = 0, "Attempts" },
        { options => options.Attempts = 11, "Attempts" },
        { options => options.SequentialPatience = TimeSpan.FromMilliseconds(-2), "SequentialPatience" },
        { options => options.SequentialPatience = TimeSpan.FromHours(1), "SequentialPatience" },
        { options => options.UdpPayloadSize = 511, "UdpPayloadSize" },
        { options => options.UdpPayloadSize = 1401, "UdpPayloadSize" },
        { options => options.UdpPayloadSize = -1, "UdpPayloadSize" },
        { options => options.SearchDomains = ["a..b"], "SearchDomains[0] 'a..b'" },
        { options => options.SearchDomains = [null!], "SearchDomains[0]" },
        { options => options.SearchDomains = [.. Enumerable.Range(1, 33).Select(i => $"d{i}.test")], "33" },
        { options => options.Ndots = -1, "Ndots" },
        { options => options.Ndots = 16, "Ndots" },
        { options => options.HedgeAfter = TimeSpan.FromTicks(-1), "HedgeAfter" },
        { options => options.HedgeAfter = TimeSpan.FromMinutes(2), "HedgeAfter" },
        { options => options.MaxConcurrentQueries = 0, "MaxConcurrentQueries" },
        { options => options.MaxConcurrentQueries = 65_536, "MaxConcurrentQueries" },
        { options => options.MaxTcpConnectionsPerServer = 0, "MaxTcpConnectionsPerServer" },
        { options => options.MaxTcpConnectionsPerServer = 65, "MaxTcpConnectionsPerServer" },
        { options => options.Cache = null!, "Cache" },
        { options => options.Cache.Capacity = -1, "Cache.Capacity" },
        { options => options.Cache.MinTtl = TimeSpan.FromDays(-1), "Cache.MinTtl" },
        { options => options.Cache.MinTtl = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1), "Cache.MinTtl" },
        { options => options.Cache.MaxTtl = TimeSpan.FromDays(8), "Cache.MaxTtl" },
        { options => options.Cache.MaxNegativeTtl = TimeSpan.FromDays(2), "Cache.MaxNegativeTtl" },
        { options => options.Cache.FailureTtl = TimeSpan.FromMinutes(6), "Cache.FailureTtl" },
        { options => options.Cache.MaxFailureTtl = TimeSpan.Zero, "Cache.FailureTtl" },
        { options => options.Cache.MaxStale = TimeSpan.FromDays(8), "Cache.MaxStale" },
        { options => options.Cache.PrefetchThreshold = double.NaN, "Cache.PrefetchThreshold" },
        { options => options.Cache.PrefetchThreshold = 0.95, "Cache.PrefetchThreshold" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Constructor_Mistake_IsToldInWords(Action<DnsResolverOptions> mistake, string expected)
    {
        DnsResolverOptions options = new();
        mistake(options);

        Action act = () => _ = new DnsResolver(options);

        act.Should().Throw<ArgumentException>().WithMessage($"*{expected}*").Which.ParamName.Should().Be("options");
    }

    [Fact]
    public void Servers_IPv4Mapped_AreIPv4()
    {
        DnsResolverOptions options = new()
        {
            Servers = { DnsServer.Parse("[::ffff:192.0.2.1]:5353"), new DnsServer(IPEndPoint.Parse("[::ffff:192.0.2.1]:5353")), IPAddress.Parse("::ffff:192.0.2.2") },
        };

        options.Servers.Select(server => server.ToString()).Should().Equal("192.0.2.1:5353", "192.0.2.1:5353", "192.0.2.2:53");
        options.GetErrors().Should().Equal("Servers[1] '192.0.2.1:5353' is there twice.");
    }

    [Fact]
    public void Constructor_SeveralMistakes_AreAllToldAtOnce()
    {
        DnsResolverOptions options = new()
        {
            Servers = { new IPEndPoint(IPAddress.Loopback, 0), IPAddress.Any },
            LookupTimeout = TimeSpan.Zero,
            Attempts = 99,
            Ndots = 99,
            SearchDomains = ["a b"],
            Cache = { Capacity = -5 },
        };

        Action act = () => _ = new DnsResolver(options);

        string message = act.Should().Throw<ArgumentException>().Which.Message;
        foreach (string mistake in new[] { "Servers[0]", "Servers[1]", "LookupTimeout", "Attempts", "99", "Ndots", "SearchDomains[0]", "'a b'", "Cache.Capacity", "-5" })
        {
            message.Should().Contain(mistake);
        }
    }

    [Fact]
    public void GetErrors_SettingsWithAnotherName_AreCalledByIt()
    {
        DnsResolverOptions options = new()
        {
            Servers = { IPAddress.Loopback, IPAddress.Any },
            Attempts = 99,
            Ndots = 99,
            Cache = { MinTtl = TimeSpan.FromHours(1), MaxTtl = TimeSpan.FromMinutes(1), FailureTtl = TimeSpan.FromMinutes(1) },
            DescribeSetting = setting => setting is "Ndots" or "Cache.MaxFailureTtl" ? null : $"<{setting}>",
        };

        options.GetErrors().Should().Equal(
            "<Servers[1]> '0.0.0.0:53' is the unspecified address, not a server's.",
            "Ndots must be from 0 to 15, but is 99.",
            "<Attempts> must be from 1 to 3, but is 99.",
            "<Cache.MinTtl> must not be over <Cache.MaxTtl> (00:01:00), but is 01:00:00.",
            "<Cache.FailureTtl> must not be over Cache.MaxFailureTtl (00:00:30), but is 00:01:00.");
    }

    [Fact]
    public void Constructor_Bounds_AreAllowed()
    {
        DnsResolverOptions options = new()
        {
            Servers = { IPAddress.Loopback, IPAddress.IPv6Loopback, new DnsServer(new IPEndPoint(IPAddress.Loopback, 53), DnsProtocol.Tcp) },
            LookupTimeout = TimeSpan.FromMinutes(10),
            AttemptTimeout = TimeSpan.FromMinutes(1),
            Attempts = 3,
            SequentialPatience = Timeout.InfiniteTimeSpan,
            UdpPayloadSize = 0,
            SearchDomains = ["."],
            Ndots = 15,
            HedgeAfter = TimeSpan.Zero,
            MaxConcurrentQueries = 65_535,
            MaxTcpConnectionsPerServer = 64,
            Cache = { Capacity = 0, PrefetchThreshold = 0, FailureTtl = TimeSpan.Zero, MaxTtl = TimeSpan.FromDays(7) },
        };

        Action act = () => new DnsResolver(options).Dispose();

        act.Should().NotThrow();
    }

    [Fact]
    public void Constructor_TakesASnapshot()
    {
        DnsResolverOptions options = new() { Servers = { IPAddress.Loopback } };
        using DnsResolver resolver = new(options);

        options.Servers.Clear();
        options.LookupTimeout = TimeSpan.FromSeconds(1);
        options.Cache.MaxStale = TimeSpan.FromDays(1);

        resolver.Pipeline.Engine.Context.Servers.Should().ContainSingle();
        resolver.Pipeline.Engine.Context.Settings.LookupTimeout.Should().Be(TimeSpan.FromSeconds(10));
        resolver.Pipeline.Engine.Context.Settings.Cache.MaxStale.Should().Be(TimeSpan.Zero);
    }
}

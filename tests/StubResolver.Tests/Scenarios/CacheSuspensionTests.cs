using StubResolver.Configuration;
using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Tests.Caching;

namespace StubResolver.Tests.Scenarios;

/// <summary>A host that sleeps: its monotonic clock stands, and what is in the cache gets old all the same.</summary>
public sealed class CacheSuspensionTests : CacheScenarioBase
{
    private static readonly TimeSpan s_night = TimeSpan.FromHours(8);

    private readonly JumpingTimeProvider _time = new();
    private TimeSpan _suspended = TimeSpan.FromHours(1);

    [Fact]
    public async Task ResolveAddressesAsync_HostSleptLongerThanTheTtl_AsksAgain()
    {
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateSleepingResolver(server);
        await resolver.ResolveAddressesAsync(Name);

        _suspended += s_night;
        _time.SetWallClock(s_night);
        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name);

        answer.ExpiresAt.Should().Be(_time.GetUtcNow() + Seconds(300));
        server.Queries.Should().HaveCount(4);
    }

    [Fact]
    public async Task ResolveAddressesAsync_HostSleptForAPartOfTheTtl_ServesItForTheRest()
    {
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateSleepingResolver(server);
        DnsAnswer<DnsAddressRecord> before = await resolver.ResolveAddressesAsync(Name);

        _suspended += Seconds(200);
        _time.SetWallClock(Seconds(200));
        DnsAnswer<DnsAddressRecord> after = await resolver.ResolveAddressesAsync(Name);
        _time.Advance(Seconds(100));
        await resolver.ResolveAddressesAsync(Name);

        after.Should().BeSameAs(before, "the date in it is right");
        server.Queries.Should().HaveCount(4);
    }

    [Fact]
    public async Task ResolveAddressesAsync_OnlyTheWallClockWasSet_ServesTheEntryWithItsNewDate()
    {
        DnsTestServer server = StartServer(300, 300);
        DnsResolver resolver = CreateSleepingResolver(server);
        await resolver.ResolveAddressesAsync(Name);

        _time.SetWallClock(s_night);
        DnsAnswer<DnsAddressRecord> answer = await resolver.ResolveAddressesAsync(Name);

        answer.ExpiresAt.Should().Be(_time.GetUtcNow() + Seconds(300));
        server.Queries.Should().HaveCount(2);
    }

    private DnsResolver CreateSleepingResolver(DnsTestServer server)
    {
        DnsResolverOptions options = new() { Servers = [server.EndPoint], TimeProvider = _time };
        SystemConfiguration system = new(Host, _time, LookupPipeline.CreateLogger(options));
        return Track(new DnsResolver(new LookupPipeline(options.Copy(), system, getSuspendedTime: () => _suspended)));
    }
}

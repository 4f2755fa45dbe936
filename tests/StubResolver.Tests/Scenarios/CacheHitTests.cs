using System.Net;
using StubResolver.Resolution;
using StubResolver.Testing;
using StubResolver.Tests.Performance;

namespace StubResolver.Tests.Scenarios;

/// <summary>Measures allocations: runs while nothing else does, which would keep the runtime from optimising what is measured.</summary>
[Collection(nameof(RunsAlone))]
public sealed class CacheHitTests : CacheScenarioBase
{
    [Theory]
    [InlineData("name.test")]
    [InlineData("Name.Test")]
    [InlineData("name.test.")]
    public async Task ResolveAddressesAsync_Hit_IsSynchronousAndAllocatesNothing(string spelling)
    {
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = TimeProvider.System, StartServer(300, 300));
        await resolver.ResolveAddressesAsync(spelling);

        Task<DnsAnswer<DnsAddressRecord>> hit = resolver.ResolveAddressesAsync(spelling).AsTask();

        hit.IsCompletedSuccessfully.Should().BeTrue();
        (await hit).Records.Should().HaveCount(2);
        ShouldAllocateNothing(() => IsHit(resolver.ResolveAddressesAsync(spelling)));
    }

    [Theory]
    [InlineData("name.test")]
    [InlineData("Name.Test")]
    [InlineData("name.test.")]
    public async Task QueryAsync_Hit_IsSynchronousAndAllocatesNothing(string spelling)
    {
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = TimeProvider.System, StartServer(300, 300));
        await resolver.QueryAsync("name.test", DnsRecordType.A);

        Task<DnsAnswer<DnsRecord>> hit = resolver.QueryAsync(spelling, DnsRecordType.A).AsTask();

        hit.IsCompletedSuccessfully.Should().BeTrue();
        (await hit).Records.Should().HaveCount(1);
        ShouldAllocateNothing(() => IsHit(resolver.QueryAsync(spelling, DnsRecordType.A)));
    }

    [Theory]
    [MemberData(nameof(TypedLookup.Types), MemberType = typeof(TypedLookup))]
    public async Task TypedLookup_Hit_AllocatesNothing(DnsRecordType type)
    {
        Host.ResolvConf = "search x.test y.test\noptions ndots:5";
        DnsTestServer server = StartServer().AddRecords(type, "name.test", 300);
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = TimeProvider.System, server);

        foreach (string spelling in new[] { "name.test", "Name.Test", "name.test." })
        {
            await TypedLookup.ResolveAsync(resolver, type, spelling);

            ShouldAllocateNothing(() => TypedLookup.IsHit(resolver, type, spelling));
        }
    }

    [Theory]
    [InlineData("192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("::ffff:192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public async Task ResolvePtrAsync_HitOfAnAddress_AllocatesNothing(string text, string name)
    {
        IPAddress address = IPAddress.Parse(text);
        DnsTestServer server = StartServer().AddRecords(DnsRecordType.Ptr, name, 300);
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = TimeProvider.System, server);
        await resolver.ResolvePtrAsync(address);

        ShouldAllocateNothing(() => IsHit(resolver.ResolvePtrAsync(address)));
    }

    [Fact]
    public async Task ResolveSrvAsync_HitOfOnePriority_AllocatesTheAnswerAlone()
    {
        DnsTestServer server = StartServer()
            .AddRecord(new DnsSrvRecord("name.test", Seconds(300), 1, 1, 443, "a.test"))
            .AddRecord(new DnsSrvRecord("name.test", Seconds(300), 1, 1, 443, "b.test"));
        DnsResolver resolver = CreateResolver(options => options.TimeProvider = TimeProvider.System, server);
        DnsAnswer<DnsSrvRecord> answer = await resolver.ResolveSrvAsync("name.test");
        double copy = Allocations.PerOperation(() => answer.WithRecords([.. answer.Records]), count: 1_000);

        double allocated = Allocations.PerOperation(() => IsHit(resolver.ResolveSrvAsync("name.test")), count: 1_000);

        // The generator of random numbers allocates once in many.
        allocated.Should().BeInRange(1, copy + 1, "each caller gets an answer of his own, and nothing else is made for him");
    }

    private static bool IsHit<T>(ValueTask<T> lookup) => lookup.IsCompletedSuccessfully;

    // The memory cache's own code boxes its keys until the runtime has optimised it, some calls later.
    private static void ShouldAllocateNothing(Func<bool> hit)
    {
        using CancellationTokenSource guard = new(Guard);
        long allocated;
        do
        {
            bool isHit = true;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                isHit &= hit();
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            isHit.Should().BeTrue();
        }
        while (allocated > 0 && !guard.IsCancellationRequested);

        allocated.Should().Be(0);
    }
}

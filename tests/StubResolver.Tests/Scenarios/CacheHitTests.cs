
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

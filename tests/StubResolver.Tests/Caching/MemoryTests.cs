using StubResolver.Tests.Performance;
using StubResolver.Tests.Scenarios;

namespace StubResolver.Tests.Caching;

[Collection(nameof(RunsAlone))]
public sealed class MemoryTests
{
    private const int Names = 2000;

    [Fact]
    public async Task ResolveAddressesAsync_NameWithBothFamilies_CostsUnderOneKibibyte()
    {
        using LoopbackResponder responder = new();
        await using DnsResolver resolver = new(new DnsResolverOptions
        {
            Servers = [responder.EndPoint],
            IPv6 = DnsIPv6Mode.Always,
            UseHostsFile = false,
            UseSearchList = false,
            UseCookies = false,
        });
        await ResolveAsync(resolver, 0, 200); // what the resolver keeps for itself is there
        long before = GC.GetTotalMemory(forceFullCollection: true);

        await ResolveAsync(resolver, 200, Names);
        long perName = (GC.GetTotalMemory(forceFullCollection: true) - before) / Names;

        resolver.Pipeline.Engine.Cache.Count.Should().Be(Names + 200);
        perName.Should().BeInRange(400, 1024);
    }

    private static async Task ResolveAsync(DnsResolver resolver, int from, int count)
    {
        for (int i = from; i < from + count; i++)
        {
            (await resolver.ResolveAddressesAsync($"service-{i:0000}.namespace.example")).Records.Should().HaveCount(2);
        }
    }
}

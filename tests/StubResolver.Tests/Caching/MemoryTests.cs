namespace StubResolver.Tests.Caching;

public sealed class MemoryTests
{
    [Fact]
    public async Task ResolveAddressesAsync_NameWithBothFamilies_CostsUnder900Octets()
    {
        long cost = await ProcessOfItsOwn.MeasureAsync<long>("name-cost");

        cost.Should().BeInRange(400, 899);
    }
}

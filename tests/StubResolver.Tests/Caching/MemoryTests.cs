using System.Globalization;

namespace StubResolver.Tests.Caching;

public sealed class MemoryTests
{
    [Fact]
    public async Task ResolveAddressesAsync_NameWithBothFamilies_CostsUnder900Octets()
    {
        string[] lines = await ProcessOfItsOwn.RunAsync("name-cost");

        long cost = long.Parse(lines.Should().ContainSingle().Subject, CultureInfo.InvariantCulture);
        cost.Should().BeInRange(400, 899);
    }
}

using System.Globalization;
using StubResolver.Caching;
using Xunit.Abstractions;

namespace StubResolver.Tests.Caching;

/// <summary>The memory of a full cache stays flat. For a longer flood set STUBRESOLVER_FLOOD to the number of random names.</summary>
public sealed class AnswerCacheMemoryTests(ITestOutputHelper output)
{
    private const int Types = 64_000;

    private static readonly int s_flood =
        int.TryParse(Environment.GetEnvironmentVariable("STUBRESOLVER_FLOOD"), CultureInfo.InvariantCulture, out int count) ? count : 300_000;

    [Fact]
    public async Task Store_FloodOfRandomNames_LeavesANameThatIsUsedEverySecond()
    {
        FloodResult flood = await ProcessOfItsOwn.MeasureAsync<FloodResult>("flood", $"{s_flood}");

        output.WriteLine($"{s_flood} names: {flood}");
        flood.IsHotNameKept.Should().BeTrue();
        flood.Names.Should().BeInRange(1000, 1050);
        flood.MostNames.Should().BeLessThanOrEqualTo(1050);
        flood.EvictedNames.Should().Be(s_flood + 1 - flood.Names);
        (flood.OctetsAfter - flood.OctetsBefore).Should().BeLessThan(4L * (s_flood - CacheFlood.WarmUp), "not even a reference is left of each name that went");
    }

    [Fact]
    public async Task Store_EveryTypeOfOneName_TakesTheRoomOfAFew()
    {
        TypesResult types = await ProcessOfItsOwn.MeasureAsync<TypesResult>("types", $"{Types}");

        output.WriteLine($"{Types} types: {types}");
        types.Types.Should().Be(NameEntry.MaxItems - 1);
        types.AreAddressesKept.Should().BeTrue();
        types.Growth.Should().BeLessThan(4L * Types);
    }
}

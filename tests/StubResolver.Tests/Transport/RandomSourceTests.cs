using StubResolver.Transport;

namespace StubResolver.Tests.Transport;

public sealed class RandomSourceTests
{
    [Fact]
    public void NextUInt32_ManyBlocks_NeverRepeatsABlock()
    {
        RandomSource random = new();

        uint[] values = [.. Enumerable.Range(0, 1000).Select(_ => random.NextUInt32())];

        values.Distinct().Should().HaveCountGreaterThan(995, "two equal ones among a thousand of 32 bits come once in 10,000 runs");
    }

    [Fact]
    public async Task NextUInt32_ManyThreads_NobodyGetsAnothersValue()
    {
        RandomSource random = new();

        uint[][] values = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => Task.Run(() => Enumerable.Range(0, 1000).Select(_ => random.NextUInt32()).ToArray())));

        values.SelectMany(value => value).Distinct().Should().HaveCountGreaterThan(3990);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void NextInt32_Count_ReachesAllBelowIt(int count)
    {
        RandomSource random = new();

        HashSet<int> values = [.. Enumerable.Range(0, 500).Select(_ => random.NextInt32(count))];

        values.Should().BeEquivalentTo(Enumerable.Range(0, count));
    }

    [Theory]
    [InlineData(0u, 0.0)]
    [InlineData(0x80000000u, 0.5)]
    public void NextDouble_Bits_SpreadFromZeroToBelowOne(uint bits, double expected) =>
        new FixedRandom(bits).NextDouble().Should().Be(expected);

    [Fact]
    public void NextDouble_AllBits_IsBelowOne() => new FixedRandom(uint.MaxValue).NextDouble().Should().BeLessThan(1);

    private sealed class FixedRandom(uint bits) : RandomSource
    {
        public override uint NextUInt32() => bits;
    }
}

namespace StubResolver.Transport;

/// <summary>Chance that an attacker cannot foresee: query ids, ports, letter case and jitter (RFC 5452 §9.2). Thread-safe.</summary>
internal class RandomSource
{
    private readonly RandomBlock[] _blocks = new RandomBlock[ProcessorStripe.Count];

    public RandomSource()
    {
        for (int i = 0; i < _blocks.Length; i++)
        {
            _blocks[i] = new RandomBlock();
        }
    }

    /// <summary>Returns 32 random bits.</summary>
    public virtual uint NextUInt32() => _blocks[ProcessorStripe.Current].NextUInt32();

    /// <summary>Returns 16 random bits.</summary>
    public ushort NextUInt16() => (ushort)NextUInt32();

    /// <summary>Returns a number from 0 (inclusive) to 1 (exclusive).</summary>
    public double NextDouble() => NextUInt32() / (uint.MaxValue + 1.0);

    /// <summary>Returns a number from 0 to <paramref name="count"/> - 1.</summary>
    public int NextInt32(int count) => (int)((ulong)NextUInt32() * (ulong)count >> 32);
}

using System.Buffers.Binary;

namespace StubResolver.Transport;

/// <summary>Chance that an attacker cannot foresee: query ids, ports, letter case and jitter (RFC 5452 §9.2). Thread-safe.</summary>
internal class RandomSource
{
    private const int BlockLength = 1024; // one call of the generator for 256 values: a call costs as much for 4 octets

    private readonly Lock _gate = new();
    private readonly byte[] _block = new byte[BlockLength];
    private int _used = BlockLength;

    /// <summary>Returns 32 random bits.</summary>
    public virtual uint NextUInt32()
    {
        lock (_gate)
        {
            if (_used == _block.Length)
            {
                Entropy.Fill(_block);
                _used = 0;
            }

            uint value = BinaryPrimitives.ReadUInt32LittleEndian(_block.AsSpan(_used));
            _block.AsSpan(_used, sizeof(uint)).Clear();
            _used += sizeof(uint);
            return value;
        }
    }

    /// <summary>Returns 16 random bits.</summary>
    public ushort NextUInt16() => (ushort)NextUInt32();

    /// <summary>Returns a number from 0 (inclusive) to 1 (exclusive).</summary>
    public double NextDouble() => NextUInt32() / (uint.MaxValue + 1.0);

    /// <summary>Returns a number from 0 to <paramref name="count"/> - 1.</summary>
    public int NextInt32(int count) => (int)((ulong)NextUInt32() * (ulong)count >> 32);
}

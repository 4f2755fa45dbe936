using System.Buffers.Binary;

namespace StubResolver.Transport;

/// <summary>Random octets out of the system's generator, each used once. Thread-safe.</summary>
internal sealed class RandomBlock
{
    private const int Length = 1024; // one call of the generator for 256 values: a call costs as much for 4 octets

    private readonly Lock _gate = new();
    private readonly byte[] _octets = new byte[Length];
    private int _used = Length;

    public uint NextUInt32()
    {
        lock (_gate)
        {
            if (_used == _octets.Length)
            {
                Entropy.Fill(_octets);
                _used = 0;
            }

            uint value = BinaryPrimitives.ReadUInt32LittleEndian(_octets.AsSpan(_used));
            _octets.AsSpan(_used, sizeof(uint)).Clear();
            _used += sizeof(uint);
            return value;
        }
    }
}

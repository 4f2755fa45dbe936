using System.Buffers;

namespace StubResolver.Transport;

/// <summary>A receive buffer out of the array pool, with one owner; it grows as octets arrive, never by a length they announce.</summary>
internal sealed class PooledBuffer(int capacity) : IDisposable
{
    private byte[]? _array = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    /// <summary>The octets received and not yet consumed.</summary>
    public ReadOnlySpan<byte> Filled => Array.AsSpan(0, _length);

    /// <summary>Room for the next octets; never empty.</summary>
    public Memory<byte> Free
    {
        get
        {
            if (_length == Array.Length)
            {
                Grow();
            }

            return Array.AsMemory(_length);
        }
    }

    private byte[] Array => _array ?? throw new ObjectDisposedException(nameof(PooledBuffer));

    public void Advance(int count) => _length += count;

    /// <summary>Removes octets from the front.</summary>
    public void Consume(int count)
    {
        if (count > 0)
        {
            Array.AsSpan(count, _length - count).CopyTo(Array);
            _length -= count;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    private void Grow()
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Array.Length * 2);
        Filled.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(Interlocked.Exchange(ref _array, larger)!);
    }
}

using StubResolver.Diagnostics;

namespace StubResolver.Transport;

/// <summary>Keeps idle UDP transmissions, for their buffers and event arguments; bounded.</summary>
internal sealed class UdpTransmissionPool(RandomSource random, ResolverMetrics metrics) : IDisposable
{
    private const int MaxIdle = 256;

    private readonly IdlePool<UdpTransmission> _idle = new(MaxIdle);
    private int _rentedCount;
    private volatile bool _isDisposed;

    public readonly RandomSource Random = random;

    public readonly UdpSocketPool Sockets = new(random);

    public readonly ResolverMetrics Metrics = metrics;

    /// <summary>How many are not in the pool; 0 when nothing is in flight.</summary>
    public int RentedCount => Volatile.Read(ref _rentedCount);

    public UdpTransmission Rent()
    {
        Interlocked.Increment(ref _rentedCount);
        return _idle.TryTake(out UdpTransmission? transmission) ? transmission : new UdpTransmission(this);
    }

    public void Return(UdpTransmission transmission)
    {
        Interlocked.Decrement(ref _rentedCount);
        if (!_idle.TryAdd(transmission))
        {
            transmission.Dispose();
        }

        if (_isDisposed)
        {
            DisposeIdle();
        }
    }

    /// <summary>Takes back one that is of no more use.</summary>
    public void Discard(UdpTransmission transmission)
    {
        Interlocked.Decrement(ref _rentedCount);
        transmission.Dispose();
    }

    public void Dispose()
    {
        _isDisposed = true;
        Sockets.Dispose();
        DisposeIdle();
    }

    private void DisposeIdle()
    {
        while (_idle.TryTake(out UdpTransmission? transmission))
        {
            transmission.Dispose();
        }
    }
}

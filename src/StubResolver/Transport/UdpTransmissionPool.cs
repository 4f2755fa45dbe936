using System.Collections.Concurrent;
using StubResolver.Diagnostics;

namespace StubResolver.Transport;

/// <summary>Keeps idle UDP transmissions, for their buffers and event arguments; bounded.</summary>
internal sealed class UdpTransmissionPool(RandomSource random, ResolverMetrics metrics) : IDisposable
{
    private const int MaxIdle = 256;

    private readonly ConcurrentQueue<UdpTransmission> _idle = new();
    private int _idleCount;
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
        if (_idle.TryDequeue(out UdpTransmission? transmission))
        {
            Interlocked.Decrement(ref _idleCount);
            return transmission;
        }

        return new UdpTransmission(this);
    }

    public void Return(UdpTransmission transmission)
    {
        if (Interlocked.Increment(ref _idleCount) > MaxIdle || _isDisposed)
        {
            Interlocked.Decrement(ref _idleCount);
            Discard(transmission);
            return;
        }

        Interlocked.Decrement(ref _rentedCount);
        _idle.Enqueue(transmission);
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
        while (_idle.TryDequeue(out UdpTransmission? transmission))
        {
            transmission.Dispose();
        }
    }
}

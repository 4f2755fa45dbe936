using StubResolver.Diagnostics;

namespace StubResolver.Transport;

/// <summary>Keeps idle UDP transmissions, for their buffers and event arguments; bounded.</summary>
internal sealed class UdpTransmissionPool(RandomSource random, ResolverMetrics metrics) : IDisposable
{
    private const int MaxIdle = 256;

    private readonly IdlePool<UdpTransmission> _idle = new(MaxIdle);

    public readonly RandomSource Random = random;

    public readonly UdpSocketPool Sockets = new(random);

    public readonly ResolverMetrics Metrics = metrics;

    public UdpTransmission Rent() => _idle.TryTake(out UdpTransmission? transmission) ? transmission : new UdpTransmission(this);

    public void Return(UdpTransmission transmission) => _idle.Return(transmission);

    public void Dispose()
    {
        Sockets.Dispose();
        _idle.Dispose();
    }
}

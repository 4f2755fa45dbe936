using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Counts what all threads do often and few ask about: a count for each processor, a cache line apart (benchmark: scale). Thread-safe.</summary>
internal sealed class StripedCounter
{
    private const int Distance = 16; // 128 octets: lines are fetched in pairs

    private readonly long[] _counts = new long[(ProcessorStripe.Count + 1) * Distance];

    /// <summary>The sum, which is exact where nobody counts meanwhile.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            for (int i = Distance; i < _counts.Length; i += Distance)
            {
                total += Volatile.Read(ref _counts[i]);
            }

            return total;
        }
    }

    public void Increment() => Interlocked.Increment(ref _counts[(ProcessorStripe.Current + 1) * Distance]);
}

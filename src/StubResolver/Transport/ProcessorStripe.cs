namespace StubResolver.Transport;

/// <summary>Shares what all threads use out over the processors, so that they seldom meet at one part of it (benchmark: scale).</summary>
internal static class ProcessorStripe
{
    /// <summary>How many parts there are: more processors than this share them.</summary>
    public static readonly int Count = Math.Min(Environment.ProcessorCount, 16);

    /// <summary>Gets the part of the processor that runs this, which may be another one right after.</summary>
    public static int Current => (int)((uint)Thread.GetCurrentProcessorId() % (uint)Count);
}

using System.Diagnostics.Tracing;

namespace StubResolver.Tests.Scenarios;

/// <summary>Counts what is rented from the shared array pools of the process and not given back.</summary>
internal sealed class PooledBufferListener : EventListener
{
    private const string SourceName = "System.Buffers.ArrayPoolEventSource";
    private const int Rented = 1;
    private const int Returned = 3;

    private int _rentedCount;
    private int _totalCount;

    /// <summary>Gets how many are rented now, without those rented before.</summary>
    public int RentedCount => Volatile.Read(ref _rentedCount);

    /// <summary>Gets how many were rented in all.</summary>
    public int TotalCount => Volatile.Read(ref _totalCount);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == SourceName)
        {
            EnableEvents(eventSource, EventLevel.Verbose);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource.Name != SourceName)
        {
            return;
        }

        switch (eventData.EventId)
        {
            case Rented:
                Interlocked.Increment(ref _totalCount);
                Interlocked.Increment(ref _rentedCount);
                break;
            case Returned:
                Interlocked.Decrement(ref _rentedCount);
                break;
        }
    }
}

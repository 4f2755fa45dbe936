using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>The events of one question's transmissions, from any thread to the one loop that handles them.</summary>
internal sealed class QuestionInbox(TimeProvider time) : ITransmissionSink, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<TransmissionEvent> _events = new();
    private readonly WakeSignal _signal = new(time);

    public void Post(in TransmissionEvent transmissionEvent)
    {
        lock (_gate)
        {
            _events.Enqueue(transmissionEvent);
        }

        _signal.Set();
    }

    public bool TryTake(out TransmissionEvent transmissionEvent)
    {
        lock (_gate)
        {
            return _events.TryDequeue(out transmissionEvent);
        }
    }

    /// <summary>Wakes the loop without an event: something else changed.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Waits for an event, a wake-up or a moment.</summary>
    public ValueTask WaitAsync(long until) => _signal.WaitAsync(until);

    public void Dispose() => _signal.Dispose();
}

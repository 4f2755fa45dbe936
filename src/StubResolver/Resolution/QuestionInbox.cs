using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>The events of one question's transmissions, from any thread to the one loop that handles them.</summary>
/// <remarks>Used for one question after the other; what a transmission of an earlier one still posts is dropped.</remarks>
internal sealed class QuestionInbox(TimeProvider time) : ITransmissionSink, IDisposable
{
    private const int IndexBits = 12; // more than 32 servers x 4 transmissions x 9 names
    private const int MaxIndex = (1 << IndexBits) - 1;
    private const int UsualEvents = 4;

    private readonly Lock _gate = new();
    private readonly WakeSignal _signal = new(time);
    private TransmissionEvent[] _events = new TransmissionEvent[UsualEvents]; // a queue of a struct would be compiled at the first lookup
    private int _count; // written under the gate, read without
    private int _taken; // of those; none where all are
    private int _generation;
    private int _nestedOn; // the thread that wakes the loop within another question's; 0 for none

    /// <summary>Its place among those who wait for a slot; in no list where it does not.</summary>
    public LinkedListNode<QuestionInbox> Place => field ??= new LinkedListNode<QuestionInbox>(this);

    /// <summary>Whether the loop goes on within another question's, which has not ended yet: it must not run what may block.</summary>
    public bool IsNested => Volatile.Read(ref _nestedOn) == Environment.CurrentManagedThreadId;

    /// <summary>Begins with another question.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            _generation = (_generation + 1) & (int.MaxValue >> IndexBits);
            Array.Clear(_events, 0, _count);
            Empty();
        }
    }

    /// <summary>Returns the tag that brings the events of a transmission of this question to this inbox.</summary>
    public int GetTag(int transmission) => (_generation << IndexBits) | transmission;

    /// <summary>Takes an event of a transmission; its tag becomes the transmission's index.</summary>
    public void Post(in TransmissionEvent transmissionEvent)
    {
        lock (_gate)
        {
            if (transmissionEvent.Tag >> IndexBits != _generation)
            {
                return;
            }

            if (_count == _events.Length)
            {
                Array.Resize(ref _events, _count * 2);
            }

            _events[_count] = transmissionEvent with { Tag = transmissionEvent.Tag & MaxIndex };
            Volatile.Write(ref _count, _count + 1);
        }

        _signal.Set();
    }

    /// <summary>Takes the first event, for the loop alone.</summary>
    public bool TryTake(out TransmissionEvent transmissionEvent)
    {
        transmissionEvent = default;
        if (Volatile.Read(ref _count) == 0)
        {
            return false;
        }

        lock (_gate)
        {
            transmissionEvent = _events[_taken];
            _events[_taken++] = default;
            if (_taken == _count)
            {
                Empty();
            }

            return true;
        }
    }

    /// <summary>Wakes the loop without an event: something else changed.</summary>
    public void Wake() => _signal.Set();

    /// <summary>Wakes the loop right here, within another question's.</summary>
    public void WakeNested()
    {
        int thread = Environment.CurrentManagedThreadId;
        int before = Interlocked.Exchange(ref _nestedOn, thread);
        _signal.Set();
        Interlocked.CompareExchange(ref _nestedOn, before, thread); // it may wait for another question by now, and be woken by another thread
    }

    /// <summary>Waits for an event, a wake-up or a moment.</summary>
    public ValueTask WaitAsync(long until) => _signal.WaitAsync(until);

    /// <summary>Wakes the loop from a work item of its own, after those that were woken like this before.</summary>
    public void WakeAside() => _signal.SetAside(isInOrder: true);

    public void Dispose() => _signal.Dispose();

    private void Empty()
    {
        _taken = 0;
        Volatile.Write(ref _count, 0);
    }
}

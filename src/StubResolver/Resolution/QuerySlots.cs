using System.Runtime.CompilerServices;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Bounds the questions in flight; those over the bound wait in order, background work behind all others. Thread-safe.</summary>
/// <remarks>While nobody waits, slots are counted without a lock. Who gives one back hands it to the first who waits.</remarks>
internal sealed class QuerySlots(int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<QuestionInbox> _waiting = new();
    private readonly LinkedList<QuestionInbox> _inBackground = new();
    private readonly int _capacity = capacity;
    private int _free = capacity;
    private int _waitingCount; // written under the gate, read without
    private int _queuedCount; // of both lists: a place that changes from one to the other counts all the while

    /// <summary>The questions in flight, hedges and probes counted as one each.</summary>
    public int InFlight => _capacity - Volatile.Read(ref _free);

    /// <summary>The questions that wait.</summary>
    public int Waiting => Volatile.Read(ref _queuedCount);

    /// <summary>Of those, the ones that somebody waits for.</summary>
    public int WaitedFor => Volatile.Read(ref _waitingCount);

    /// <summary>Whether there is room for work that nobody waits for.</summary>
    public bool HasFree => Volatile.Read(ref _free) > 0 && Volatile.Read(ref _waitingCount) == 0;

    /// <summary>Takes a slot if one is free and nobody waits.</summary>
    /// <param name="isBehindBackground">Whether background work that waits counts, too.</param>
    public bool TryTake(bool isBehindBackground = false) =>
        Volatile.Read(ref isBehindBackground ? ref _queuedCount : ref _waitingCount) == 0 && TryTakeFree();

    /// <summary>Takes a slot, after those who came before, and in the background after all; false when the question was stopped meanwhile.</summary>
    public ValueTask<bool> TakeAsync(QuestionInbox inbox, QuestionControl control) =>
        TryTake(control.IsBackground) ? new ValueTask<bool>(true) : WaitAsync(inbox, control);

    public void Release()
    {
        Interlocked.Increment(ref _free);
        HandOver();
    }

    /// <summary>Gives back the slot of a question that ends; the next one leaves right here, before what comes of the end (benchmark: load).</summary>
    /// <param name="inbox">That of the question.</param>
    public void Release(QuestionInbox inbox)
    {
        Interlocked.Increment(ref _free);
        if (!inbox.IsNested && Waiting > 0 && TryHandOver() is { } next)
        {
            next.WakeNested();
        }

        HandOver();
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // gain: benchmark load, 1,000 at a time
    private async ValueTask<bool> WaitAsync(QuestionInbox inbox, QuestionControl control)
    {
        LinkedListNode<QuestionInbox> place = inbox.Place;
        Enqueue(place, control.IsBackground);
        control.IsWaitingForSlot = true;
        HandOver(); // one may have come free just before
        bool isOver;
        while (!(isOver = control.IsStopped || control.IsStraggler) && !HasSlot(place, control.IsBackground))
        {
            await inbox.WaitAsync(WakeSignal.Never).ConfigureAwait(false);
        }

        control.IsWaitingForSlot = false;
        if (isOver)
        {
            Leave(place);
            return false;
        }

        return true;
    }

    private void Enqueue(LinkedListNode<QuestionInbox> place, bool isBackground)
    {
        lock (_gate)
        {
            (isBackground ? _inBackground : _waiting).AddLast(place);
            CountPlaces();
        }
    }

    /// <summary>Whether a place was handed a slot; one that somebody waits for now goes to the others.</summary>
    private bool HasSlot(LinkedListNode<QuestionInbox> place, bool isBackground)
    {
        lock (_gate)
        {
            if (!isBackground && place.List == _inBackground)
            {
                _inBackground.Remove(place);
                _waiting.AddLast(place);
                CountPlaces();
            }

            return place.List is null;
        }
    }

    private void Leave(LinkedListNode<QuestionInbox> place)
    {
        lock (_gate)
        {
            if (place.List is { } queue)
            {
                queue.Remove(place);
                CountPlaces();
                return;
            }
        }

        Release(); // it was handed one just now
    }

    /// <summary>Gives what is free to those who wait.</summary>
    private void HandOver()
    {
        while (Waiting > 0 && TryHandOver() is { } next)
        {
            next.WakeAside();
        }
    }

    private QuestionInbox? TryHandOver()
    {
        lock (_gate)
        {
            if ((_waiting.First ?? _inBackground.First) is not { } first || !TryTakeFree())
            {
                return null;
            }

            first.List!.Remove(first);
            CountPlaces();
            return first.Value;
        }
    }

    // The exchange is a fence: who waits sees what came free before, or who gives back sees who waits.
    private void CountPlaces()
    {
        Interlocked.Exchange(ref _waitingCount, _waiting.Count);
        Interlocked.Exchange(ref _queuedCount, _waiting.Count + _inBackground.Count);
    }

    private bool TryTakeFree()
    {
        int free = Volatile.Read(ref _free);
        while (free > 0)
        {
            int seen = Interlocked.CompareExchange(ref _free, free - 1, free);
            if (seen == free)
            {
                return true;
            }

            free = seen;
        }

        return false;
    }
}

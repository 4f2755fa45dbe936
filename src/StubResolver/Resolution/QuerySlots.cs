using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Bounds the questions in flight; those over the bound wait in order, background work behind all others. Thread-safe.</summary>
internal sealed class QuerySlots(int capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<QuestionInbox> _waiting = new();
    private readonly LinkedList<QuestionInbox> _inBackground = new();
    private readonly int _capacity = capacity;
    private int _free = capacity;

    private LinkedListNode<QuestionInbox>? First => _waiting.First ?? _inBackground.First;

    /// <summary>The questions in flight, hedges and probes counted as one each.</summary>
    public int InFlight
    {
        get
        {
            lock (_gate)
            {
                return _capacity - _free;
            }
        }
    }

    /// <summary>The questions that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count + _inBackground.Count;
            }
        }
    }

    /// <summary>Whether there is room for work that nobody waits for.</summary>
    public bool HasFree
    {
        get
        {
            lock (_gate)
            {
                return _free > 0 && _waiting.Count == 0;
            }
        }
    }

    /// <summary>Takes a slot if one is free and nobody waits.</summary>
    /// <param name="isBehindBackground">Whether background work that waits counts, too.</param>
    public bool TryTake(bool isBehindBackground = false)
    {
        lock (_gate)
        {
            if (_free == 0 || _waiting.Count > 0 || (isBehindBackground && _inBackground.Count > 0))
            {
                return false;
            }

            _free--;
            return true;
        }
    }

    /// <summary>Takes a slot, after those who came before, and in the background after all; false when the question was stopped meanwhile.</summary>
    public ValueTask<bool> TakeAsync(QuestionInbox inbox, QuestionControl control) =>
        TryTake(control.IsBackground) ? new ValueTask<bool>(true) : WaitAsync(inbox, control);

    public void Release()
    {
        QuestionInbox? next;
        lock (_gate)
        {
            _free++;
            next = First?.Value;
        }

        next?.WakeAside(); // not here: the question that gave up its slot has not ended yet
    }

    private async ValueTask<bool> WaitAsync(QuestionInbox inbox, QuestionControl control)
    {
        LinkedListNode<QuestionInbox> place;
        lock (_gate)
        {
            place = QueueOf(control).AddLast(inbox);
        }

        control.IsWaitingForSlot = true;
        try
        {
            while (!control.IsStopped && !control.IsStraggler)
            {
                if (TryTakeInTurn(place, QueueOf(control)))
                {
                    return true;
                }

                await inbox.WaitAsync(WakeSignal.Never).ConfigureAwait(false);
            }

            return false;
        }
        finally
        {
            control.IsWaitingForSlot = false;
            LeaveQueue(place);
        }
    }

    private LinkedList<QuestionInbox> QueueOf(QuestionControl control) => control.IsBackground ? _inBackground : _waiting;

    private bool TryTakeInTurn(LinkedListNode<QuestionInbox> place, LinkedList<QuestionInbox> queue)
    {
        lock (_gate)
        {
            if (queue == _waiting && place.List == _inBackground) // somebody waits for it now
            {
                _inBackground.Remove(place);
                _waiting.AddLast(place);
            }

            if (_free == 0 || First != place)
            {
                return false;
            }

            _free--;
            place.List!.Remove(place);
        }

        WakeFirst(); // one more may be free
        return true;
    }

    private void LeaveQueue(LinkedListNode<QuestionInbox> place)
    {
        lock (_gate)
        {
            if (place.List is null)
            {
                return;
            }

            place.List.Remove(place);
        }

        WakeFirst();
    }

    private void WakeFirst()
    {
        QuestionInbox? first;
        lock (_gate)
        {
            first = _free > 0 ? First?.Value : null;
        }

        first?.WakeAside();
    }
}

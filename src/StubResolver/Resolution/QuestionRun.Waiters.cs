using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <content>Who waits for the question, and who uses this object.</content>
internal sealed partial class QuestionRun
{
    /// <summary>Joins those who wait; false when the question is over.</summary>
    public bool TryJoin(WakeSignal waiter, WaiterWish wish)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            bool wasBackground = _control.IsBackground;
            _waiters.Add(waiter, wish);
            _users++;
            if (_control.IsStraggler || (wasBackground && !_control.IsBackground))
            {
                _control.Resume();
                _inbox.WakeAside(); // it may send again, or wait with others now
            }

            return true;
        }
    }

    /// <summary>Lowers the rounds over the servers that one of those who wait wants.</summary>
    public void LimitRounds(WakeSignal waiter, int rounds)
    {
        lock (_gate)
        {
            if (_waiters.Remove(waiter, out WaiterWish wish))
            {
                _waiters.Add(waiter, wish with { Rounds = rounds });
            }
        }
    }

    /// <summary>Leaves those who wait, once; when the last one does, the question stops or only listens on.</summary>
    public void Leave(WakeSignal waiter, LeaveReason reason)
    {
        bool isLast;
        bool isFree;
        lock (_gate)
        {
            _waiters.Remove(waiter, out _);
            isLast = !_isOver && _waiters.Count == 0;
            isFree = --_users == 0; // never with the last to wait for one that goes on: its loop uses it, too
            if (isLast && reason == LeaveReason.Satisfied)
            {
                _control.OnlyListen(After(Context.Time.GetTimestamp(), Context.Settings.AttemptTimeout));
            }
            else if (isLast)
            {
                _isOver = true; // who asks now asks anew
                _control.Stop(reason == LeaveReason.Deadline);
            }
        }

        if (isLast)
        {
            _inbox.Wake();
        }

        if (isFree)
        {
            _engine.Return(this);
        }
    }

    // Somebody may have joined just as the question stopped: then it goes on.
    private bool TryEndUnanswered()
    {
        lock (_gate)
        {
            _isOver |= _waiters.Count == 0 || _control.IsStopped;
            return _isOver;
        }
    }

    private void RemoveUser()
    {
        bool isFree;
        lock (_gate)
        {
            isFree = --_users == 0;
        }

        if (isFree)
        {
            _engine.Return(this);
        }
    }

    // One waiter goes on right here; several must not wait for what the first of them does next, nor must the question around this one.
    private void EndForWaiters()
    {
        WakeSignal? only;
        WakeSignal[] several;
        lock (_gate)
        {
            _isOver = true;
            only = _waiters.Only;
            several = only is null ? _waiters.ToArray() : [];
        }

        if (_inbox.IsNested)
        {
            only?.SetAside();
        }
        else
        {
            only?.Set();
        }

        foreach (WakeSignal waiter in several)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static waiter => waiter.Set(), waiter, preferLocal: false); // for all threads there are
        }
    }

    // The question goes on: it must not wait for what they do next.
    private void WakeWaitersAside()
    {
        lock (_gate)
        {
            if (_waiters.Only is { } only)
            {
                only.SetAside();
                return;
            }

            foreach (WakeSignal waiter in _waiters.ToArray())
            {
                waiter.SetAside();
            }
        }
    }

    private long After(long moment, TimeSpan wait) => moment + (long)(wait.TotalSeconds * Context.Time.TimestampFrequency);
}

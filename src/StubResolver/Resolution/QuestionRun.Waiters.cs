using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <content>Who waits for the question, and who uses this object.</content>
internal sealed partial class QuestionRun
{
    /// <summary>Joins those who wait; false when the question is over.</summary>
    public bool TryJoin(WakeSignal waiter, int rounds)
    {
        lock (_gate)
        {
            if (_isOver)
            {
                return false;
            }

            Enter(waiter, rounds);
            _users++;
            if (_control.IsStraggler)
            {
                _control.Resume();
                ThreadPool.UnsafeQueueUserWorkItem(static inbox => inbox.Wake(), _inbox, preferLocal: false); // it may send again
            }

            return true;
        }
    }

    /// <summary>Lowers the rounds over the servers that one of those who wait wants.</summary>
    public void LimitRounds(WakeSignal waiter, int rounds)
    {
        lock (_gate)
        {
            if (Exit(waiter))
            {
                Enter(waiter, rounds);
            }
        }
    }

    /// <summary>Leaves those who wait, once; when the last one does, the question stops or only listens on.</summary>
    public void Leave(WakeSignal waiter, LeaveReason reason)
    {
        bool isLast;
        lock (_gate)
        {
            Exit(waiter);
            isLast = !_isOver && _waiters.Count == 0;
            if (isLast && reason == LeaveReason.Satisfied)
            {
                _control.OnlyListen(After(Context.Settings.AttemptTimeout));
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

        RemoveUser();
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

    // One waiter goes on right here; several must not wait for what the first of them does next.
    private void WakeWaiters()
    {
        WakeSignal? only = null;
        WakeSignal[] others = [];
        lock (_gate)
        {
            if (_waiters.Count == 1)
            {
                only = GetFirstWaiter();
            }
            else if (_waiters.Count > 1)
            {
                others = [.. _waiters.Keys];
            }
        }

        only?.Set();
        foreach (WakeSignal waiter in others)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static waiter => waiter.Set(), waiter, preferLocal: false);
        }
    }

    private WakeSignal? GetFirstWaiter()
    {
        foreach (KeyValuePair<WakeSignal, int> waiter in _waiters)
        {
            return waiter.Key;
        }

        return null;
    }

    private void Enter(WakeSignal waiter, int rounds)
    {
        _waiters.Add(waiter, rounds);
        _patientWaiters += rounds == AllRounds ? 1 : 0;
        _control.Rounds = _patientWaiters > 0 ? AllRounds : BriefRounds;
    }

    private bool Exit(WakeSignal waiter)
    {
        if (!_waiters.Remove(waiter, out int rounds))
        {
            return false;
        }

        _patientWaiters -= rounds == AllRounds ? 1 : 0;
        _control.Rounds = _patientWaiters > 0 ? AllRounds : BriefRounds;
        return true;
    }

    private long After(TimeSpan wait) => Context.Time.GetTimestamp() + (long)(wait.TotalSeconds * Context.Time.TimestampFrequency);
}

using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>The questions about a share of all names: in flight, and just over. Thread-safe.</summary>
/// <remarks>The engine has several, so that threads that ask about different names seldom meet (benchmark: scale).</remarks>
internal sealed class QuestionTable(QueryEngine engine)
{
    private readonly Lock _gate = new();
    private readonly QuestionIndex _inFlight = new();
    private readonly RecentOutcomes _recent = new();
    private readonly TaskCompletionSource _allClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _runningCount;
    private bool _isDisposed;

    /// <summary>Questions whose sockets may still be open.</summary>
    public int RunningCount => Volatile.Read(ref _runningCount);

    /// <summary>Completes when, after <see cref="Dispose"/>, the last question is over.</summary>
    public Task AllClosed => _allClosed.Task;

    /// <summary>Finds the outcome of a question, joins those who wait for it, or begins it: the caller starts it then. See <see cref="QueryEngine.Ask"/>.</summary>
    public QuestionTicket Ask(
        QuestionContext generation, QuestionKey key, WakeSignal waiter, WaiterWish wish, long freshAfter, long mark, out QuestionRun? begun)
    {
        begun = null;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(DnsResolver));
            QuestionContext context = engine.Context;
            bool isCurrent = context.Generation == generation.Generation;
            QuestionOutcome? known = isCurrent ? QuestionCache.TryGet(engine, key, freshAfter) : null;
            if (known is { IsAnswer: true })
            {
                return new QuestionTicket(known);
            }

            // Before a remembered failure: a lookup may have left this question for being late, and that is no word of the servers.
            if (isCurrent && _inFlight.Find(key) is { } same
                && same.Context.Generation == context.Generation && same.TryJoin(waiter, wish))
            {
                return new QuestionTicket(same);
            }

            if (known is not null)
            {
                return new QuestionTicket(known);
            }

            if (isCurrent && _recent.Find(key, mark) is { } recent)
            {
                return new QuestionTicket(recent);
            }

            context = isCurrent ? context : generation;
            begun = engine.RentRun(context);
            begun.Begin(this, context, key, engine.TakeNumber(), engine.Cache.GetEpoch(key.Name), isRefresh: freshAfter > 0);
            begun.TryJoin(waiter, wish);
            _runningCount++;
            if (isCurrent)
            {
                _inFlight.Set(begun);
            }
        }

        return new QuestionTicket(begun);
    }

    /// <summary>Takes the outcome of a question whose sockets are closed; <see langword="null"/> where it was stopped.</summary>
    public void OnEnded(QuestionRun run, QuestionOutcome? outcome)
    {
        lock (_gate)
        {
            if (_inFlight.Remove(run)
                && outcome is not (null or { Error: DnsError.Timeout }) // others may have more time
                && engine.IsCurrent(run.Context)
                && run.CacheEpoch == engine.Cache.GetEpoch(run.Key.Name)) // not cleared just now
            {
                _recent.Add(run.Key, outcome, run.Number);
            }

            _runningCount--;
            if (_isDisposed && _runningCount == 0)
            {
                _allClosed.TrySetResult();
            }
        }
    }

    /// <summary>Lets nobody join or find what was asked until now.</summary>
    /// <param name="isForgotten">Of those in flight, which.</param>
    public void Forget(Func<QuestionRun, bool> isForgotten)
    {
        lock (_gate)
        {
            _inFlight.RemoveAll(isForgotten);
            _recent.Clear();
        }
    }

    /// <summary>Begins no more questions.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            if (_runningCount == 0)
            {
                _allClosed.TrySetResult();
            }
        }
    }
}

namespace StubResolver.Resolution;

/// <summary>Renews answers behind the callers' backs: one renewal of each at a time, which ends with the engine at the latest. Thread-safe.</summary>
/// <typeparam name="TKey">What tells answers apart.</typeparam>
/// <typeparam name="TOutcome">The kind of outcome.</typeparam>
internal sealed class RefreshQueue<TKey, TOutcome>(TimeProvider time)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Refresh<TOutcome>> _running = [];

    /// <summary>Starts a renewal, or returns the one under way.</summary>
    public Refresh<TOutcome> Start(TKey key, Func<TKey, ValueTask<TOutcome>> renew)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(key, out Refresh<TOutcome>? running))
            {
                return running;
            }

            using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            {
                Task<TOutcome> task = Task.Run(() => RunAsync(key, renew));
                task.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default); // nobody may wait
                Refresh<TOutcome> refresh = new(task, time.GetTimestamp());
                _running.Add(key, refresh);
                return refresh;
            }
        }
    }

    /// <summary>Ends when all renewals have; never fails.</summary>
    public async Task WaitAsync()
    {
        Task[] running;
        lock (_gate)
        {
            running = [.. _running.Values.Select(refresh => refresh.Task)];
        }

        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<TOutcome> RunAsync(TKey key, Func<TKey, ValueTask<TOutcome>> renew)
    {
        try
        {
            return await renew(key).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(key);
            }
        }
    }
}

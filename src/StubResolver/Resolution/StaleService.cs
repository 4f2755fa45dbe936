using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>Serves answers past their life while no server answers, and renews them behind that (RFC 8767).</summary>
/// <typeparam name="TKey">What tells answers apart.</typeparam>
/// <typeparam name="TOutcome">The kind of outcome.</typeparam>
internal sealed class StaleService<TKey, TOutcome>(CacheClock clock, TimeProvider time, RefreshQueue<TKey, TOutcome> refreshes)
    where TKey : notnull
    where TOutcome : LookupOutcome
{
    /// <summary>Returns the renewed outcome, or <see langword="null"/> where the old answer has to do.</summary>
    /// <param name="key">What is asked for.</param>
    /// <param name="stale">The old answer.</param>
    /// <param name="renew">Asks anew.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public async ValueTask<TOutcome?> RenewAsync(
        TKey key, LookupOutcome stale, Func<TKey, ValueTask<TOutcome>> renew, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (clock.Now < stale.RecheckAt)
        {
            return null;
        }

        Refresh<TOutcome> refresh = refreshes.Start(key, async key =>
        {
            TOutcome renewed = await renew(key).ConfigureAwait(false);
            if (!StaleRule.Replaces(renewed))
            {
                stale.RecheckAt = clock.Now + StaleRule.RecheckTime.Ticks;
            }

            return renewed;
        });
        TimeSpan wait = StaleRule.GetWait(time.GetElapsedTime(refresh.StartedAt));
        if (wait == TimeSpan.Zero && !refresh.Task.IsCompleted)
        {
            return null;
        }

        try
        {
            TOutcome renewed = await refresh.Task.WaitAsync(wait, time, cancellationToken).ConfigureAwait(false);
            return StaleRule.Replaces(renewed) ? renewed : null;
        }
        catch (TimeoutException)
        {
            return null; // the refresh goes on
        }
    }
}

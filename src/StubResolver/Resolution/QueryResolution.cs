using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>Plain queries: what DNS says about a fully qualified name.</summary>
internal sealed class QueryResolution
{
    private readonly QueryEngine _engine;
    private readonly NameLookup _lookup;
    private readonly RefreshQueue<QuestionKey, QuestionOutcome> _refreshes;
    private readonly StaleService<QuestionKey, QuestionOutcome> _stale;

    public QueryResolution(QueryEngine engine, NameLookup lookup)
    {
        _engine = engine;
        _lookup = lookup;
        _refreshes = new RefreshQueue<QuestionKey, QuestionOutcome>(engine.Context.Time);
        _stale = new StaleService<QuestionKey, QuestionOutcome>(engine.Cache.Clock, engine.Context.Time, _refreshes);
    }

    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string typed, DnsRecordType type, CancellationToken cancellationToken)
    {
        // Only what was checked is in the cache.
        if (!cancellationToken.IsCancellationRequested
            && QuestionCache.FindAnswer(_engine.Cache, LookupCache.GetKey(typed), type, out long now) is { } hit)
        {
            return ServeHit(typed, hit, now);
        }

        string name = QueryName.Normalize(typed, "name");
        QueryType.ThrowIfUnaskable(type);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<DnsAnswer<DnsRecord>>(cancellationToken);
        }

        if (LocalAnswers.FindRecords(typed, name, type, isSearched: false) is { } local)
        {
            return new ValueTask<DnsAnswer<DnsRecord>>(local);
        }

        QuestionKey key = new(name, type);
        return QuestionCache.FindKnown(_engine.Cache, key, out now) is { } known // typed otherwise than it is kept, or no such name at all
            ? ServeHit(typed, known, now)
            : _engine.Context.Settings.Cache.MaxStale > TimeSpan.Zero && QuestionCache.FindRecords(_engine.Cache, name, type) is { } stale
                ? ServeStaleAsync(typed, key, stale, cancellationToken)
                : FinishAsync(_lookup.QueryAsync(key, 0, cancellationToken), typed);
    }

    /// <summary>Ends when all renewals have; never fails.</summary>
    public Task WaitForRefreshesAsync() => _refreshes.WaitAsync();

    private async ValueTask<DnsAnswer<DnsRecord>> FinishAsync(ValueTask<QueriedOutcome> query, string typed)
    {
        CacheUse use = CacheUse.Miss; // of who leaves before the end, too
        try
        {
            QueriedOutcome queried = await query.ConfigureAwait(false);
            use = queried.GetCacheUse();
            return queried.Outcome.IsAnswer ? queried.Outcome.GetAnswer(typed, _engine.Cache.Clock) : throw _lookup.CreateException(queried.Outcome, typed);
        }
        finally
        {
            _engine.Context.Metrics.CacheUsed(use);
        }
    }

    private async ValueTask<DnsAnswer<DnsRecord>> ServeStaleAsync(string typed, QuestionKey key, QuestionOutcome stale, CancellationToken cancellationToken)
    {
        CacheUse use = CacheUse.Miss;
        try
        {
            QuestionOutcome? renewed = await _stale.RenewAsync(key, stale, key => RenewAsync(key, freshAfter: 0), cancellationToken).ConfigureAwait(false);
            if (renewed is not null)
            {
                return renewed.GetAnswer(typed, _engine.Cache.Clock);
            }

            use = CacheUse.Stale;
            return TypedAnswer.Create<DnsRecord>(typed, stale, _engine.Cache.Clock).AsStale(_engine.Context.Time.GetUtcNow() + StaleRule.Life);
        }
        finally
        {
            _engine.Context.Metrics.CacheUsed(use);
        }
    }

    private ValueTask<DnsAnswer<DnsRecord>> ServeHit(string typed, QuestionOutcome hit, long now)
    {
        if (now >= hit.PrefetchFrom)
        {
            Prefetch(hit);
        }

        _engine.Context.Metrics.CacheUsed(hit.HitUse);
        return new ValueTask<DnsAnswer<DnsRecord>>(hit.GetAnswer(typed, _engine.Cache.Clock));
    }

    // Apart from its caller: what the closure captures would be allocated there for each hit.
    private void Prefetch(QuestionOutcome hit)
    {
        if (_engine.Context.Slots.HasFree && hit.TryClaimPrefetch())
        {
            _engine.Context.Metrics.Prefetched();
            _refreshes.Start(new QuestionKey(hit.Name, hit.Type), key => RenewAsync(key, hit.FreshUntil));
        }
    }

    private async ValueTask<QuestionOutcome> RenewAsync(QuestionKey key, long freshAfter) =>
        (await _lookup.QueryAsync(key, freshAfter, CancellationToken.None).ConfigureAwait(false)).Outcome;
}

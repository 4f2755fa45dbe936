using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>Lookups of records of one type, and plain queries.</summary>
internal sealed class RecordResolution
{
    private readonly QueryEngine _engine;
    private readonly NameLookup _lookup;
    private readonly Func<string, string, DnsAnswer<DnsPtrRecord>?> _findLocalNames;
    private readonly RefreshQueue<QuestionKey, QuestionOutcome> _questions;
    private readonly RefreshQueue<QuestionKey, RecordOutcome> _lookups;
    private readonly StaleService<QuestionKey, QuestionOutcome> _staleQuestions;
    private readonly StaleService<QuestionKey, RecordOutcome> _staleLookups;

    public RecordResolution(QueryEngine engine, NameLookup lookup, Func<string, string, DnsAnswer<DnsPtrRecord>?> findLocalNames)
    {
        _engine = engine;
        _lookup = lookup;
        _findLocalNames = findLocalNames;
        TimeProvider time = engine.Context.Time;
        _questions = new RefreshQueue<QuestionKey, QuestionOutcome>(time);
        _lookups = new RefreshQueue<QuestionKey, RecordOutcome>(time);
        _staleQuestions = new StaleService<QuestionKey, QuestionOutcome>(engine.Cache.Clock, time, _questions);
        _staleLookups = new StaleService<QuestionKey, RecordOutcome>(engine.Cache.Clock, time, _lookups);
    }

    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string typed, DnsRecordType type, CancellationToken cancellationToken)
    {
        // Only what was checked is in the cache.
        if (!cancellationToken.IsCancellationRequested
            && QuestionCache.FindAnswer(_engine.Cache, LookupCache.GetKey(typed), type, out long now) is { } hit)
        {
            if (now >= hit.PrefetchFrom)
            {
                Prefetch(hit);
            }

            return ServeHit(typed, hit);
        }

        string name = QueryName.Normalize(typed, "name");
        QueryType.ThrowIfUnaskable(type);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<DnsAnswer<DnsRecord>>(cancellationToken);
        }

        if (LocalAnswers.FindRecords(typed, name, type) is { } local)
        {
            return new ValueTask<DnsAnswer<DnsRecord>>(local);
        }

        QuestionKey key = new(name, type);
        return QuestionCache.FindKnown(_engine.Cache, key) is { } known // typed otherwise than it is kept, or no such name at all
            ? ServeHit(typed, known)
            : QueryAsync(typed, key, cancellationToken);
    }

    public async ValueTask<DnsAnswer<TRecord>> ResolveAsync<TRecord>(
        string typed, string name, DnsRecordType type, CancellationToken cancellationToken, bool isFullyQualified = false)
        where TRecord : DnsRecord
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (FindLocal<TRecord>(typed, name, type) is { } local)
        {
            return local.Records.Count > 0 ? local : throw new DnsException(local.ResponseCode == DnsResponseCode.NxDomain ? DnsError.NameNotFound : DnsError.NoData, typed);
        }

        isFullyQualified |= QueryName.IsFullyQualified(typed);
        QuestionOutcome? stale = FindStale(name, type, isFullyQualified);
        RecordOutcome? renewed = stale is null
            ? await LookUpAsync(name, type, isFullyQualified, cancellationToken).ConfigureAwait(false)
            : await _staleLookups.RenewAsync(
                new QuestionKey(isFullyQualified ? name + "." : name, type),
                stale,
                key => LookUpAsync(name, type, isFullyQualified, CancellationToken.None),
                cancellationToken).ConfigureAwait(false);
        if (renewed is null)
        {
            return ServeStale<TRecord>(typed, stale!);
        }

        _engine.Context.Metrics.CacheUsed(!renewed.Result.IsKnown ? CacheUse.Miss : renewed.Error is null ? CacheUse.Hit : CacheUse.NegativeHit);
        QuestionOutcome decisive = renewed.Result.Decisive;
        if (renewed.Error is { } error)
        {
            throw decisive.ToException(typed, error, renewed.Result.Attempts);
        }

        if (_engine.Cache.Clock.Now >= decisive.PrefetchFrom)
        {
            Prefetch(decisive);
        }

        return TypedAnswer.Create<TRecord>(typed, decisive, _engine.Cache.Clock);
    }

    /// <summary>Ends when all renewals have; never fails.</summary>
    public Task WaitForRefreshesAsync() => Task.WhenAll(_questions.WaitAsync(), _lookups.WaitAsync());

    private async ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string typed, QuestionKey key, CancellationToken cancellationToken)
    {
        if (_engine.Context.Settings.Cache.MaxStale > TimeSpan.Zero && QuestionCache.FindRecords(_engine.Cache, key.Name, key.Type) is { } stale)
        {
            QuestionOutcome? renewed = await _staleQuestions.RenewAsync(
                key, stale, key => _lookup.QueryAsync(key, 0, CancellationToken.None), cancellationToken).ConfigureAwait(false);
            if (renewed is null)
            {
                return ServeStale<DnsRecord>(typed, stale);
            }

            _engine.Context.Metrics.CacheUsed(CacheUse.Miss);
            return renewed.GetAnswer(typed, _engine.Cache.Clock);
        }

        _engine.Context.Metrics.CacheUsed(CacheUse.Miss);
        QuestionOutcome outcome = await _lookup.QueryAsync(key, 0, cancellationToken).ConfigureAwait(false);
        return outcome.IsAnswer ? outcome.GetAnswer(typed, _engine.Cache.Clock) : throw outcome.ToException(typed);
    }

    private ValueTask<DnsAnswer<DnsRecord>> ServeHit(string typed, QuestionOutcome hit)
    {
        _engine.Context.Metrics.CacheUsed(hit.Error is null ? CacheUse.Hit : CacheUse.NegativeHit);
        return new ValueTask<DnsAnswer<DnsRecord>>(hit.GetAnswer(typed, _engine.Cache.Clock));
    }

    private async ValueTask<RecordOutcome> LookUpAsync(string name, DnsRecordType type, bool isFullyQualified, CancellationToken cancellationToken) =>
        RecordOutcome.Create(await _lookup.LookUpAsync(name, type, isFullyQualified, cancellationToken).ConfigureAwait(false));

    // A record past its life of the candidate that a lookup would come to first.
    private QuestionOutcome? FindStale(string name, DnsRecordType type, bool isFullyQualified)
    {
        ResolverSettings settings = _engine.Context.Settings;
        return settings.Cache.MaxStale > TimeSpan.Zero
            && NameLookup.GetCandidates(name, isFullyQualified, settings)
                .Select(candidate => QuestionCache.FindRecords(_engine.Cache, candidate.Name, type))
                .FirstOrDefault(outcome => outcome is not null) is { } known
            && known.FreshUntil <= _engine.Cache.Clock.Now
                ? known
                : null;
    }

    private DnsAnswer<TRecord> ServeStale<TRecord>(string typed, QuestionOutcome stale)
        where TRecord : DnsRecord
    {
        _engine.Context.Metrics.CacheUsed(CacheUse.Stale);
        return TypedAnswer.Create<TRecord>(typed, stale, _engine.Cache.Clock).AsStale(_engine.Context.Time.GetUtcNow() + StaleRule.Life);
    }

    // Apart from its caller: what the closure captures would be allocated there for each hit.
    private void Prefetch(QuestionOutcome hit)
    {
        if (_engine.Context.Slots.HasFree && hit.TryClaimPrefetch())
        {
            _engine.Context.Metrics.Prefetched();
            _questions.Start(new QuestionKey(hit.Name, hit.Type), key => _lookup.QueryAsync(key, hit.FreshUntil, CancellationToken.None));
        }
    }

    private DnsAnswer<TRecord>? FindLocal<TRecord>(string typed, string name, DnsRecordType type)
        where TRecord : DnsRecord
    {
        if (type == DnsRecordType.Ptr && _findLocalNames(typed, name) is DnsAnswer<TRecord> names)
        {
            return names;
        }

        return LocalAnswers.FindRecords(typed, name, type) is { } special
            ? new DnsAnswer<TRecord>(typed, [.. special.Records.OfType<TRecord>()]) { ResponseCode = special.ResponseCode }
            : null;
    }
}

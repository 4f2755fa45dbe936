using System.Text;
using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>Lookups of records of one type, and plain queries.</summary>
internal sealed class RecordResolution
{
    private readonly QueryEngine _engine;
    private readonly NameLookup _lookup;
    private readonly Func<string, string, DnsAnswer<DnsPtrRecord>?> _findLocalNames;
    private readonly RefreshQueue<QuestionKey, QuestionOutcome> _refreshes;
    private readonly StaleService<QuestionKey, QuestionOutcome> _stale;

    public RecordResolution(QueryEngine engine, NameLookup lookup, Func<string, string, DnsAnswer<DnsPtrRecord>?> findLocalNames)
    {
        _engine = engine;
        _lookup = lookup;
        _findLocalNames = findLocalNames;
        _refreshes = new RefreshQueue<QuestionKey, QuestionOutcome>(engine.Context.Time);
        _stale = new StaleService<QuestionKey, QuestionOutcome>(engine.Cache.Clock, engine.Context.Time, _refreshes);
    }

    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string typed, DnsRecordType type, CancellationToken cancellationToken)
    {
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
        if (_engine.Cache.FindFresh(name, CacheSlot.Question((int)type), out long now) is QuestionOutcome hit)
        {
            if (now >= hit.PrefetchFrom && hit.TryClaimPrefetch() && _engine.Context.Slots.HasFree)
            {
                _refreshes.Start(key, key => _lookup.QueryAsync(key, hit.FreshUntil, CancellationToken.None));
            }

            return new ValueTask<DnsAnswer<DnsRecord>>(GetAnswer(hit, typed));
        }

        return QueryAsync(typed, key, cancellationToken);
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

        SearchResult<QuestionOutcome> result = await _lookup.LookUpAsync(
            name, type, isFullyQualified || QueryName.IsFullyQualified(typed), cancellationToken).ConfigureAwait(false);
        if (result.Error is { } error)
        {
            return FindStale(result.Decisive, error) is { } stale
                ? TypedAnswer.Create<TRecord>(typed, stale).AsStale(_engine.Context.Time.GetUtcNow() + StaleRule.Life)
                : throw result.Decisive.ToException(typed, error, result.Attempts);
        }

        return TypedAnswer.Create<TRecord>(typed, result.Decisive);
    }

    /// <summary>Ends when all renewals have; never fails.</summary>
    public Task WaitForRefreshesAsync() => _refreshes.WaitAsync();

    private static DnsAnswer<DnsRecord> GetAnswer(QuestionOutcome outcome, string typed) =>
        Ascii.EqualsIgnoreCase(outcome.Name, typed) ? outcome.Answer : TypedAnswer.Create<DnsRecord>(typed, outcome);

    private async ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string typed, QuestionKey key, CancellationToken cancellationToken)
    {
        if (_engine.Context.Settings.Cache.MaxStale > TimeSpan.Zero
            && _engine.Cache.Find(key.Name, CacheSlot.Question((int)key.Type)) is QuestionOutcome { Error: null } stale)
        {
            QuestionOutcome? renewed = await _stale.RenewAsync(
                key, stale, key => _lookup.QueryAsync(key, 0, CancellationToken.None), cancellationToken).ConfigureAwait(false);
            return renewed is null
                ? TypedAnswer.Create<DnsRecord>(typed, stale).AsStale(_engine.Context.Time.GetUtcNow() + StaleRule.Life)
                : GetAnswer(renewed, typed);
        }

        QuestionOutcome outcome = await _lookup.QueryAsync(key, 0, cancellationToken).ConfigureAwait(false);
        return outcome.IsAnswer ? GetAnswer(outcome, typed) : throw outcome.ToException(typed);
    }

    // A typed record past its life, where the servers that know a newer one do not answer.
    private QuestionOutcome? FindStale(QuestionOutcome failed, DnsError error) =>
        error is not (DnsError.NameNotFound or DnsError.NoData)
        && _engine.Context.Settings.Cache.MaxStale > TimeSpan.Zero
        && _engine.Cache.Find(failed.Name, CacheSlot.Question((int)failed.Type)) is QuestionOutcome { Error: null } stale
            ? stale
            : null;

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

using System.Net;
using StubResolver.Caching;
using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>Lookups of records of one type, from the cache on, and plain queries.</summary>
internal sealed class RecordResolution
{
    private readonly QueryEngine _engine;
    private readonly NameLookup _lookup;
    private readonly QueryResolution _queries;
    private readonly Func<string, string, DnsAnswer<DnsPtrRecord>?> _findLocalNames;
    private readonly Func<int, int> _draw;
    private readonly RefreshQueue<RecordRequest, LookupOutcome> _refreshes;
    private readonly StaleService<RecordRequest, LookupOutcome> _stale;

    public RecordResolution(QueryEngine engine, NameLookup lookup, Func<string, string, DnsAnswer<DnsPtrRecord>?> findLocalNames)
    {
        _engine = engine;
        _lookup = lookup;
        _queries = new QueryResolution(engine, lookup);
        _findLocalNames = findLocalNames;
        _draw = engine.Context.Random.NextInt32;
        _refreshes = new RefreshQueue<RecordRequest, LookupOutcome>(engine.Context.Time);
        _stale = new StaleService<RecordRequest, LookupOutcome>(engine.Cache.Clock, engine.Context.Time, _refreshes);
    }

    public ValueTask<DnsAnswer<DnsRecord>> QueryAsync(string typed, DnsRecordType type, CancellationToken cancellationToken) =>
        _queries.QueryAsync(typed, type, cancellationToken);

    public ValueTask<DnsAnswer<TRecord>> ResolveAsync<TRecord>(string typed, DnsRecordType type, CancellationToken cancellationToken)
        where TRecord : DnsRecord
    {
        if (cancellationToken.IsCancellationRequested)
        {
            QueryName.Normalize(typed, "name"); // a bad argument is told first
            return ValueTask.FromCanceled<DnsAnswer<TRecord>>(cancellationToken);
        }

        return LookupCache.FindFresh<TRecord>(_engine.Cache, typed, type, out long now) is { } hit
            ? ServeHit(hit, typed, type, now)
            : LookUpAsync<TRecord>(new RecordRequest(typed, QueryName.Normalize(typed, "name"), type), cancellationToken);
    }

    /// <summary>Looks up the names of an address.</summary>
    public ValueTask<DnsAnswer<DnsPtrRecord>> ResolveNamesAsync(IPAddress address, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<DnsAnswer<DnsPtrRecord>>(cancellationToken);
        }

        Span<char> buffer = stackalloc char[ReverseName.MaxLength];
        ReadOnlySpan<char> key = buffer[..ReverseName.Write(address, buffer)];
        if (LookupCache.FindFreshNames(_engine.Cache, key, out long now) is { } hit)
        {
            return ServeHit(hit, hit.Answer?.Name ?? key.ToString(), DnsRecordType.Ptr, now, isReverse: true);
        }

        string name = key.ToString();
        return LookUpAsync<DnsPtrRecord>(new RecordRequest(name, name, DnsRecordType.Ptr, IsReverse: true), cancellationToken);
    }

    /// <summary>Ends when all renewals have; never fails.</summary>
    public Task WaitForRefreshesAsync() => Task.WhenAll(_queries.WaitForRefreshesAsync(), _refreshes.WaitAsync());

    private ValueTask<DnsAnswer<TRecord>> ServeHit<TRecord>(RecordOutcome<TRecord> hit, string typed, DnsRecordType type, long now, bool isReverse = false)
        where TRecord : DnsRecord
    {
        if (now >= hit.PrefetchFrom)
        {
            Prefetch(hit, typed, type, isReverse);
        }

        _engine.Context.Metrics.CacheUsed(hit.HitUse);
        return hit.Answer is { } answer
            ? new ValueTask<DnsAnswer<TRecord>>(RecordOrder.Draw(answer, _draw))
            : ValueTask.FromException<DnsAnswer<TRecord>>(_lookup.CreateException(hit, typed));
    }

    // Not an async method: local names complete at once.
    private ValueTask<DnsAnswer<TRecord>> LookUpAsync<TRecord>(in RecordRequest request, CancellationToken cancellationToken)
        where TRecord : DnsRecord
    {
        if (FindLocal<TRecord>(request) is { } local)
        {
            DnsError error = local.ResponseCode == DnsResponseCode.NxDomain ? DnsError.NameNotFound : DnsError.NoData;
            return local.Records.Count > 0
                ? new ValueTask<DnsAnswer<TRecord>>(local)
                : ValueTask.FromException<DnsAnswer<TRecord>>(new DnsException(error, request.Typed));
        }

        return FindStale<TRecord>(request) is { } stale
            ? ServeStaleAsync<TRecord>(request, stale, cancellationToken)
            : FinishAsync(_lookup.LookUpAsync<TRecord>(request, cancellationToken), request.Typed);
    }

    private async ValueTask<DnsAnswer<TRecord>> FinishAsync<TRecord>(ValueTask<RecordOutcome<TRecord>> lookup, string typed)
        where TRecord : DnsRecord
    {
        CacheUse use = CacheUse.Miss; // of who leaves before the end, too
        try
        {
            RecordOutcome<TRecord> outcome = await lookup.ConfigureAwait(false);
            use = outcome.GetCacheUse();
            return RecordOrder.Draw(outcome.Answer ?? throw _lookup.CreateException(outcome, typed), _draw);
        }
        finally
        {
            _engine.Context.Metrics.CacheUsed(use);
        }
    }

    private async ValueTask<DnsAnswer<TRecord>> ServeStaleAsync<TRecord>(RecordRequest request, LookupOutcome stale, CancellationToken cancellationToken)
        where TRecord : DnsRecord
    {
        CacheUse use = CacheUse.Miss;
        try
        {
            LookupOutcome? renewed = await _stale.RenewAsync(request, stale, RenewAsync<TRecord>, cancellationToken).ConfigureAwait(false);
            use = renewed is null ? CacheUse.Stale : renewed.GetCacheUse();
            return renewed is not RecordOutcome<TRecord> outcome
                ? CreateStale<TRecord>(request, stale)
                : RecordOrder.Draw(outcome.Answer ?? throw _lookup.CreateException(outcome, request.Typed), _draw);
        }
        finally
        {
            _engine.Context.Metrics.CacheUsed(use);
        }
    }

    private DnsAnswer<TRecord> CreateStale<TRecord>(in RecordRequest request, LookupOutcome stale)
        where TRecord : DnsRecord
    {
        DnsAnswer<TRecord> answer = (stale as RecordOutcome<TRecord>)?.Answer
            ?? TypedAnswer.Create<TRecord>(request.Typed, (QuestionOutcome)stale, default, request.NeedsHostNames);
        if (answer.Records.Count == 0)
        {
            throw new DnsException(DnsError.MalformedResponse, request.Typed); // no target is a host name
        }

        return RecordOrder.Draw(answer, _draw).AsStale(_engine.Context.Time.GetUtcNow() + StaleRule.Life);
    }

    private async ValueTask<LookupOutcome> RenewAsync<TRecord>(RecordRequest request)
        where TRecord : DnsRecord => await _lookup.LookUpAsync<TRecord>(request, CancellationToken.None).ConfigureAwait(false);

    // What is kept for the name as typed, else a record past its life of the candidate that a lookup would come to first.
    private LookupOutcome? FindStale<TRecord>(in RecordRequest request)
        where TRecord : DnsRecord =>
        _engine.Context.Settings.Cache.MaxStale <= TimeSpan.Zero ? null
        : LookupCache.Find<TRecord>(_engine.Cache, request) is { Answer: not null } known ? known
        : _lookup.FindStaleRecords(request);

    // Apart from its caller: what the delegate takes would be allocated there for each hit.
    private void Prefetch<TRecord>(RecordOutcome<TRecord> hit, string typed, DnsRecordType type, bool isReverse)
        where TRecord : DnsRecord
    {
        if (_engine.Context.Slots.HasFree && hit.TryClaimPrefetch())
        {
            _engine.Context.Metrics.Prefetched();
            long freshAfter = hit.FreshUntil + AnswerLifetime.GetLeastGain(hit.Life).Ticks;
            _refreshes.Start(new RecordRequest(typed, QueryName.Normalize(typed), type, isReverse, freshAfter), RenewAsync<TRecord>);
        }
    }

    private DnsAnswer<TRecord>? FindLocal<TRecord>(in RecordRequest request)
        where TRecord : DnsRecord
    {
        if (request.Type == DnsRecordType.Ptr && _findLocalNames(request.Typed, request.Name) is DnsAnswer<TRecord> names)
        {
            return names;
        }

        bool isSearched = NameLookup.IsSearched(request.IsFullyQualified, _engine.Context.Settings);
        return LocalAnswers.FindRecords(request.Typed, request.Name, request.Type, isSearched) is { } special
            ? new DnsAnswer<TRecord>(request.Typed, [.. special.Records.OfType<TRecord>()]) { ResponseCode = special.ResponseCode }
            : null;
    }
}

using System.Net.Sockets;
using StubResolver.Caching;
using StubResolver.Diagnostics;

namespace StubResolver.Resolution;

/// <summary>Address lookups, from the cache on: a hit, a stale answer while it is renewed, or a lookup.</summary>
internal sealed class AddressResolution
{
    private readonly QueryEngine _engine;
    private readonly NameLookup _lookup;
    private readonly RefreshQueue<LookupRequest, AddressOutcome> _refreshes;
    private readonly StaleService<LookupRequest, AddressOutcome> _stale;
    private readonly Func<LookupRequest, ValueTask<AddressOutcome>> _renew;

    public AddressResolution(QueryEngine engine, NameLookup lookup)
    {
        _engine = engine;
        _lookup = lookup;
        _refreshes = new RefreshQueue<LookupRequest, AddressOutcome>(engine.Context.Time);
        _stale = new StaleService<LookupRequest, AddressOutcome>(engine.Cache.Clock, engine.Context.Time, _refreshes);
        _renew = request => _lookup.LookUpAddressesAsync(request, CancellationToken.None);
    }

    /// <param name="typed">The name as the caller wrote it.</param>
    /// <param name="family">The family wanted.</param>
    /// <param name="isBackground">Whether nobody waits for it: its questions leave only while a slot is free.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<DnsAnswer<DnsAddressRecord>> ResolveAsync(string typed, AddressFamily family, bool isBackground, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            QueryName.Normalize(typed, "name"); // a bad argument is told first
            return ValueTask.FromCanceled<DnsAnswer<DnsAddressRecord>>(cancellationToken);
        }

        if (LookupCache.FindFresh(_engine.Cache, typed, family, out long now) is not { } hit)
        {
            return LookUpAsync(typed, family, isBackground, cancellationToken);
        }

        if (now >= hit.PrefetchFrom)
        {
            Prefetch(typed, family, hit);
        }

        _engine.Context.Metrics.CacheUsed(hit.HitUse);
        return hit.Answer is { } answer ? new ValueTask<DnsAnswer<DnsAddressRecord>>(answer) : Fail(hit, typed);
    }

    /// <summary>Returns what is left of an answer's life, whatever the wall clock does; <see langword="null"/> where it is not in the cache.</summary>
    public TimeSpan? FindLife(string typed, AddressFamily family, DnsAnswer<DnsAddressRecord> answer) =>
        LookupCache.Find(_engine.Cache, typed, family) is { } known && ReferenceEquals(known.Answer, answer)
            ? TimeSpan.FromTicks(known.FreshUntil - _engine.Cache.Clock.Now)
            : null;

    /// <summary>Ends when all renewals have; never fails.</summary>
    public Task WaitForRefreshesAsync() => _refreshes.WaitAsync();

    private ValueTask<DnsAnswer<DnsAddressRecord>> Fail(AddressOutcome outcome, string typed) =>
        ValueTask.FromException<DnsAnswer<DnsAddressRecord>>(_lookup.CreateException(outcome, typed));

    // Not an async method: what is wrong with the name is thrown to the caller's face.
    private ValueTask<DnsAnswer<DnsAddressRecord>> LookUpAsync(string typed, AddressFamily family, bool isBackground, CancellationToken cancellationToken)
    {
        LookupRequest request = new(typed, QueryName.Normalize(typed, "name"), family, IsBackground: isBackground);
        if (_lookup.FindLocal(request) is { } local)
        {
            return local.Answer is { } answer ? new ValueTask<DnsAnswer<DnsAddressRecord>>(answer) : Fail(local, typed);
        }

        if (FindStale(request) is { } stale)
        {
            return ServeStaleAsync(request, stale, cancellationToken);
        }

        return FinishAsync(_lookup.LookUpAddressesAsync(request, cancellationToken), typed);
    }

    private async ValueTask<DnsAnswer<DnsAddressRecord>> FinishAsync(ValueTask<AddressOutcome> lookup, string typed)
    {
        CacheUse use = CacheUse.Miss; // of who leaves before the end, too
        try
        {
            AddressOutcome outcome = await lookup.ConfigureAwait(false);
            use = outcome.GetCacheUse();
            return outcome.Answer ?? throw _lookup.CreateException(outcome, typed);
        }
        finally
        {
            _engine.Context.Metrics.CacheUsed(use);
        }
    }

    // What is kept for the name as typed, else a question behind it that was asked for another family, or under another form of the name.
    private LookupOutcome? FindStale(in LookupRequest request) =>
        _engine.Context.Settings.Cache.MaxStale <= TimeSpan.Zero ? null
        : LookupCache.Find(_engine.Cache, request.Typed, request.Family) is { Answer: not null } known ? known
        : _lookup.FindStaleAddresses(request, out _);

    private async ValueTask<DnsAnswer<DnsAddressRecord>> ServeStaleAsync(LookupRequest request, LookupOutcome stale, CancellationToken cancellationToken)
    {
        CacheUse use = CacheUse.Miss;
        try
        {
            AddressOutcome? renewed = await _stale.RenewAsync(request, stale, _renew, cancellationToken).ConfigureAwait(false);
            use = renewed is null ? CacheUse.Stale : renewed.GetCacheUse();
            return renewed is null ? CreateStale(request, stale) : renewed.Answer ?? throw _lookup.CreateException(renewed, request.Typed);
        }
        finally
        {
            _engine.Context.Metrics.CacheUsed(use);
        }
    }

    private DnsAnswer<DnsAddressRecord> CreateStale(in LookupRequest request, LookupOutcome stale)
    {
        if (stale is AddressOutcome known)
        {
            return known.Answer!.AsStale(_engine.Context.Time.GetUtcNow() + StaleRule.Life);
        }

        // Once more: one family may have been answered meanwhile.
        QuestionOutcome question = (QuestionOutcome)stale;
        FamilyOutcomes kept = _lookup.FindStaleAddresses(request, out FamilyOutcomes found) is not null ? found
            : question.Type == DnsRecordType.A ? new FamilyOutcomes(null, question)
            : new FamilyOutcomes(question, null);
        return StaleAddresses.CreateAnswer(request.Typed, kept, _engine.Context, _engine.Cache.Clock.Now);
    }

    // Only parts that end with the outcome, or so soon after it that the refresh would be worth nothing, are asked for again.
    private void Prefetch(string typed, AddressFamily family, AddressOutcome hit)
    {
        if (_engine.Context.Slots.HasFree && hit.TryClaimPrefetch())
        {
            _engine.Context.Metrics.Prefetched();
            long freshAfter = hit.FreshUntil + AnswerLifetime.GetLeastGain(hit.Life).Ticks;
            _refreshes.Start(new LookupRequest(typed, QueryName.Normalize(typed), family, freshAfter, IsBackground: true), _renew);
        }
    }
}

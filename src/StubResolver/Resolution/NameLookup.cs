using System.Net.Sockets;
using System.Runtime.CompilerServices;
using StubResolver.Configuration;
using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Looks up names as typed: literals, hosts file, special names, then the search candidates over DNS.</summary>
internal sealed class NameLookup(QueryEngine engine, SystemConfiguration system, WakeSignalPool signals)
{
    private readonly TimeProvider _time = engine.Context.Time;

    /// <summary>Returns the outcome of a lookup that asks nobody, or <see langword="null"/> where DNS is to be asked.</summary>
    public AddressOutcome? FindLocal(in LookupRequest request)
    {
        ResolverSettings settings = engine.Context.Settings;
        return LocalAnswers.FindAddresses(request, settings, system.Current.Hosts, _time) is { } local ? local
            : request.Family == AddressFamily.InterNetworkV6 && settings.IPv6 == DnsIPv6Mode.Never ? new AddressOutcome { Error = DnsError.NoData }
            : null;
    }

    /// <summary>Makes the exception for one caller; the first one tells what is wrong with the configuration where nothing is logged.</summary>
    public DnsException CreateException(LookupOutcome outcome, string typed) =>
        outcome.ToException(typed, engine.Cache.Clock.Now, outcome.Attempts.Count > 0 ? system.TakeWarning() : null);

    /// <summary>Looks up the addresses of a name over DNS, and keeps the outcome.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // gain: benchmark load
    public async ValueTask<AddressOutcome> LookUpAddressesAsync(LookupRequest request, CancellationToken cancellationToken)
    {
        int epoch = engine.Cache.GetEpoch(LookupCache.GetKey(request.Typed)); // before the settings: a new generation clears the cache last
        QuestionContext context = engine.Context;
        ResolverSettings settings = context.Settings;
        WakeSignal signal = signals.Rent();
        try
        {
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static state => ((WakeSignal)state!).Set(), signal);
            AddressLookup lookup = new(engine, context, signal, request, SkipsAaaa(request, settings), cancellationToken);
            CandidateSearch<CandidateOutcome> search = new(context, engine.Cache.Clock, GetDeadline(settings));
            await SearchAsync(search, request.Name, QueryName.IsFullyQualified(request.Typed), settings, lookup).ConfigureAwait(false);
            SearchResult<CandidateOutcome> result = search.GetResult();
            AddressOutcome outcome = AddressAnswer.Create(request.Typed, result, isKnown: !lookup.HasAsked, context, engine.Cache.Clock.Now);
            LookupStore.Store(engine, request, outcome, result.PassedFailure, epoch);
            return outcome;
        }
        finally
        {
            signals.Return(signal);
        }
    }

    /// <summary>Looks up the records of one type of a name over DNS, and keeps the outcome.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // gain: benchmark load
    public async ValueTask<RecordOutcome<TRecord>> LookUpAsync<TRecord>(RecordRequest request, CancellationToken cancellationToken)
        where TRecord : DnsRecord
    {
        int epoch = engine.Cache.GetEpoch(LookupCache.GetKey(request.Typed)); // before the settings: a new generation clears the cache last
        QuestionContext context = engine.Context;
        WakeSignal signal = signals.Rent();
        try
        {
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static state => ((WakeSignal)state!).Set(), signal);
            QuestionLookup lookup = new(engine, context, signal, request.Type, request.FreshAfter, cancellationToken);
            CandidateSearch<QuestionOutcome> search = new(context, engine.Cache.Clock, GetDeadline(context.Settings));
            await SearchAsync(search, request.Name, request.IsFullyQualified, context.Settings, lookup).ConfigureAwait(false);
            SearchResult<QuestionOutcome> result = search.GetResult();
            RecordOutcome<TRecord> outcome = RecordOutcome<TRecord>.Create(request, result, isKnown: !lookup.HasAsked, _time.GetUtcNow());
            LookupStore.Store(engine, request, outcome, result.PassedFailure, epoch);
            return outcome;
        }
        finally
        {
            signals.Return(signal);
        }
    }

    /// <summary>Asks one question about a fully qualified name.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // gain: benchmark load
    public async ValueTask<QueriedOutcome> QueryAsync(QuestionKey key, long freshAfter, CancellationToken cancellationToken)
    {
        QuestionContext context = engine.Context;
        WakeSignal signal = signals.Rent();
        try
        {
            using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(static state => ((WakeSignal)state!).Set(), signal);
            QuestionLookup lookup = new(engine, context, signal, key.Type, freshAfter, cancellationToken);
            QuestionOutcome outcome = await lookup.RunAsync(key.Name, GetDeadline(context.Settings)).ConfigureAwait(false);
            return new QueriedOutcome(outcome, IsKnown: !lookup.HasAsked);
        }
        finally
        {
            signals.Return(signal);
        }
    }

    /// <summary>
    /// Returns a family past its life of the candidate that a lookup would come to first; <see langword="null"/> where it is not kept, or counts.
    /// </summary>
    /// <param name="request">The lookup.</param>
    /// <param name="kept">What is kept of that candidate, fresh or not.</param>
    public QuestionOutcome? FindStaleAddresses(in LookupRequest request, out FamilyOutcomes kept)
    {
        ResolverSettings settings = engine.Context.Settings;
        bool wantsAaaa = request.Family != AddressFamily.InterNetwork && !SkipsAaaa(request, settings);
        bool wantsA = request.Family != AddressFamily.InterNetworkV6;
        kept = default;
        bool isNext = true;
        foreach (SearchCandidate candidate in GetCandidates(request.Name, QueryName.IsFullyQualified(request.Typed), settings))
        {
            if (!isNext && candidate.IsSuffixed)
            {
                continue; // nobody knows that it is its turn: a timeout goes on with the name as typed
            }

            kept = new FamilyOutcomes(
                wantsAaaa ? QuestionCache.Find(engine.Cache, candidate.Name, DnsRecordType.Aaaa) : null,
                wantsA ? QuestionCache.Find(engine.Cache, candidate.Name, DnsRecordType.A) : null);
            if (StaleAddresses.HasAnswer(kept, needsBoth: settings.RequireBothFamilies && wantsAaaa && wantsA))
            {
                return StaleAddresses.FindPast(kept, engine.Cache.Clock.Now);
            }

            isNext &= StaleAddresses.HasNothing(kept, wantsAaaa, wantsA);
        }

        return null;
    }

    /// <summary>Returns the kept records of the candidate that a lookup would come to first, where they are past their life.</summary>
    public QuestionOutcome? FindStaleRecords(in RecordRequest request)
    {
        bool isNext = true;
        foreach (SearchCandidate candidate in GetCandidates(request.Name, request.IsFullyQualified, engine.Context.Settings))
        {
            if (!isNext && candidate.IsSuffixed)
            {
                continue; // as for addresses
            }

            QuestionOutcome? known = QuestionCache.Find(engine.Cache, candidate.Name, request.Type);
            if (known is { Error: null })
            {
                return known.FreshUntil <= engine.Cache.Clock.Now ? known : null;
            }

            isNext &= known is not null; // that there is nothing
        }

        return null;
    }

    /// <summary>Returns the names a lookup may ask for.</summary>
    public static SearchCandidate[] GetCandidates(string name, bool isFullyQualified, ResolverSettings settings) =>
        SearchList.GetCandidates(name, isFullyQualified || !settings.UseSearchList, settings.SearchDomains, settings.Ndots);

    /// <summary>Whether the search list completes a name.</summary>
    public static bool IsSearched(bool isFullyQualified, ResolverSettings settings) =>
        !isFullyQualified && settings.UseSearchList && settings.SearchDomains.Count > 0;

    private bool SkipsAaaa(in LookupRequest request, ResolverSettings settings) =>
        request.Family == AddressFamily.Unspecified
        && (settings.IPv6 == DnsIPv6Mode.Never || (settings.IPv6 == DnsIPv6Mode.Auto && !system.Current.HasRoutableIPv6));

    private static ValueTask SearchAsync<TOutcome>(
        CandidateSearch<TOutcome> search, string name, bool isFullyQualified, ResolverSettings settings, ICandidateLookup<TOutcome> lookup)
        where TOutcome : LookupOutcome =>
        search.RunAsync(GetCandidates(name, isFullyQualified, settings), QueryName.CountDots(name), lookup);

    private long GetDeadline(ResolverSettings settings) =>
        _time.GetTimestamp() + (long)(settings.LookupTimeout.TotalSeconds * _time.TimestampFrequency);
}

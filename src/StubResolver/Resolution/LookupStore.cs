using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>Decides what is kept of the outcomes of lookups, and for how long.</summary>
internal static class LookupStore
{
    /// <summary>Keeps the outcome of an address lookup, or forgets the one before.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="passedFailure">Whether a candidate on the way failed: of a refresh that is a failure, which leaves what is known.</param>
    /// <param name="epoch">The state of the cache when it was asked for.</param>
    public static void Store(QueryEngine engine, in LookupRequest request, AddressOutcome outcome, bool passedFailure, int epoch)
    {
        if (!IsKept(engine, outcome) || outcome.Answer is { IsStale: true })
        {
            return;
        }

        bool isPartial = outcome.Answer is { PartialFailure: not null };
        AddressOutcome? before = request.FreshAfter > 0 ? LookupCache.FindFresh(engine.Cache, request.Typed, request.Family, out _) : null;
        if ((isPartial || passedFailure) && before is not null)
        {
            return; // the refresh failed for one family or candidate: what is known counts for all
        }

        if (outcome.Life <= TimeSpan.Zero)
        {
            if (!isPartial)
            {
                LookupCache.Remove(engine.Cache, request.Typed, request.Family, epoch);
            }

            return;
        }

        CacheLife life = GetLife(engine, outcome, before);
        life = isPartial ? life with { PrefetchAfter = null } : life;
        LookupCache.Store(engine.Cache, request.Typed, request.Family, outcome.AsRemembered(engine.Cache.Clock.Now), life, epoch);
    }

    /// <summary>Keeps the outcome of a lookup of records, or forgets the one before.</summary>
    /// <inheritdoc cref="Store(QueryEngine, in LookupRequest, AddressOutcome, bool, int)"/>
    public static void Store<TRecord>(QueryEngine engine, in RecordRequest request, RecordOutcome<TRecord> outcome, bool passedFailure, int epoch)
        where TRecord : DnsRecord
    {
        if (!IsKept(engine, outcome))
        {
            return;
        }

        RecordOutcome<TRecord>? before = request.FreshAfter > 0 ? LookupCache.Find<TRecord>(engine.Cache, request) : null;
        if (passedFailure && before is not null)
        {
            return;
        }

        if (outcome.Life <= TimeSpan.Zero)
        {
            LookupCache.Remove(engine.Cache, request, epoch);
            return;
        }

        LookupCache.Store(engine.Cache, request, outcome.AsRemembered(engine.Cache.Clock.Now), GetLife(engine, outcome, before), epoch);
    }

    /// <summary>Returns how long an outcome is kept.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="outcome">The outcome.</param>
    /// <param name="before">The one it renews; where that gained little, it is not renewed before its end.</param>
    public static CacheLife GetLife(QueryEngine engine, LookupOutcome outcome, LookupOutcome? before)
    {
        if (outcome.Error is not null)
        {
            return new CacheLife(outcome.Life);
        }

        CacheLife life = AnswerLifetime.InCache(outcome.Life, engine.Context.Settings.Cache, engine.Context.Random.NextDouble());
        return before is null || engine.Cache.IsWorthwhile(outcome.Life, before, before.Life) ? life : life with { PrefetchAfter = null };
    }

    private static bool IsKept(QueryEngine engine, LookupOutcome outcome) =>
        outcome is { IsAnswer: true, IsLame: false } && engine.Context.Settings.Cache.Capacity > 0;
}

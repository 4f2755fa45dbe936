using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>Keeps the outcomes of questions.</summary>
internal static class QuestionCache
{
    /// <summary>Returns what is known about a question: an answer, that the name does not exist at all, or a remembered failure.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="key">The question.</param>
    /// <param name="freshAfter">An answer must outlive this moment of the cache's clock, and failures do not count; 0 for now.</param>
    public static QuestionOutcome? TryGet(QueryEngine engine, QuestionKey key, long freshAfter = 0)
    {
        if (FindAnswer(engine, key) is { } outcome)
        {
            return outcome.FreshUntil > freshAfter ? outcome : null;
        }

        return freshAfter > 0 ? null : FindNonExistence(engine, key) ?? FailureMemory.Find(engine, key)?.Outcome;
    }

    /// <summary>Keeps an answer and forgets the failure before it; keeps a failure beside the answer before it.</summary>
    public static void Store(QueryEngine engine, QuestionRun run, QuestionOutcome outcome)
    {
        if (!outcome.IsAnswer)
        {
            if (FailureMemory.Classify(outcome) is { } kind)
            {
                FailureMemory.Remember(engine, outcome, kind, run.CacheEpoch);
            }

            return;
        }

        int slot = CacheSlot.Question((int)run.Key.Type);
        QuestionOutcome? before = engine.Cache.Find(run.Key.Name, slot) as QuestionOutcome;
        engine.Cache.Remove(run.Key.Name, CacheSlot.Failure((int)run.Key.Type));
        if (outcome.Life <= TimeSpan.Zero)
        {
            engine.Cache.Remove(run.Key.Name, slot); // used, not kept, and what was known before is outdated
            return;
        }

        engine.Cache.Store(run.Key.Name, slot, outcome, GetLife(engine, outcome, before, run.IsRefresh), run.CacheEpoch);
    }

    private static CacheLife GetLife(QueryEngine engine, QuestionOutcome outcome, QuestionOutcome? before, bool isRefresh)
    {
        DnsCacheOptions options = engine.Context.Settings.Cache;
        if (outcome.Error is not null)
        {
            return new CacheLife(outcome.Life);
        }

        CacheLife life = AnswerLifetime.InCache(outcome.Life, options, engine.Context.Random.NextDouble());
        TimeSpan gained = before is null ? outcome.Life : TimeSpan.FromTicks(engine.Cache.Clock.Now + outcome.Life.Ticks - before.FreshUntil);
        return isRefresh && !AnswerLifetime.IsPrefetchWorthwhile(gained, outcome.Life) ? life with { PrefetchAfter = null } : life;
    }

    private static QuestionOutcome? FindAnswer(QueryEngine engine, QuestionKey key) =>
        engine.Cache.FindFresh(key.Name, CacheSlot.Question((int)key.Type), out _) as QuestionOutcome;

    // A name without addresses of either family is taken to have no records at all (RFC 2308 §5); an alias leaves that open.
    private static QuestionOutcome? FindNonExistence(QueryEngine engine, QuestionKey key) =>
        key.Type is not (DnsRecordType.A or DnsRecordType.Aaaa)
        && FindAnswer(engine, key with { Type = DnsRecordType.Aaaa }) is { Error: DnsError.NameNotFound } aaaa && SaysNoName(aaaa)
        && FindAnswer(engine, key with { Type = DnsRecordType.A }) is { Error: DnsError.NameNotFound } a && SaysNoName(a)
            ? (aaaa.FreshUntil < a.FreshUntil ? aaaa : a).WithType(key.Type)
            : null;

    private static bool SaysNoName(QuestionOutcome outcome) => string.Equals(outcome.CanonicalName, outcome.Name, StringComparison.OrdinalIgnoreCase);
}

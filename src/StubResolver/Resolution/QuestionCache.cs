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
        if (FindAnswer(engine.Cache, key.Name, key.Type, out _) is { } outcome)
        {
            return outcome.FreshUntil > freshAfter ? outcome : null;
        }

        return freshAfter > 0 ? null : FindNonExistence(engine.Cache, key) ?? FailureMemory.Find(engine, key)?.Outcome;
    }

    /// <summary>Returns the answer to a question, or that the name does not exist at all, and the moment of the look-up on the cache's clock.</summary>
    public static QuestionOutcome? FindKnown(AnswerCache cache, QuestionKey key, out long now) =>
        FindAnswer(cache, key.Name, key.Type, out now) ?? FindNonExistence(cache, key);

    /// <summary>Returns the answer to a question that counts now, and the moment of the look-up on the cache's clock.</summary>
    public static QuestionOutcome? FindAnswer(AnswerCache cache, ReadOnlySpan<char> name, DnsRecordType type, out long now) =>
        cache.FindFresh(name, CacheSlot.Question((int)type), out now) as QuestionOutcome;

    /// <summary>Returns the answer to a question that is kept, fresh or not; only one with records is kept past its life.</summary>
    public static QuestionOutcome? Find(AnswerCache cache, string name, DnsRecordType type) =>
        cache.Find(name, CacheSlot.Question((int)type)) as QuestionOutcome;

    /// <summary>Returns the records that answered a question and are kept, fresh or not.</summary>
    public static QuestionOutcome? FindRecords(AnswerCache cache, string name, DnsRecordType type) =>
        Find(cache, name, type) is { Error: null } outcome ? outcome : null;

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
        engine.Cache.Remove(run.Key.Name, CacheSlot.Failure((int)run.Key.Type), run.CacheEpoch);
        if (outcome.Life > TimeSpan.Zero)
        {
            QuestionOutcome? before = run.IsRefresh ? FindAnswer(engine.Cache, run.Key.Name, run.Key.Type, out _) : null;
            engine.Cache.Store(run.Key.Name, slot, outcome, LookupStore.GetLife(engine, outcome, before), run.CacheEpoch);
        }
        else if (!outcome.IsLame)
        {
            engine.Cache.Remove(run.Key.Name, slot, run.CacheEpoch); // used, not kept, and what was known before is outdated
        }
    }

    // A name without addresses of either family is taken to have no records at all (RFC 2308 §5), unless it is known to have some.
    private static QuestionOutcome? FindNonExistence(AnswerCache cache, QuestionKey key) =>
        key.Type is not (DnsRecordType.A or DnsRecordType.Aaaa)
        && FindAnswer(cache, key.Name, DnsRecordType.Aaaa, out _) is { Error: DnsError.NameNotFound } aaaa && SaysNoName(aaaa)
        && FindAnswer(cache, key.Name, DnsRecordType.A, out long now) is { Error: DnsError.NameNotFound } a && SaysNoName(a)
        && !cache.HasFresh(key.Name, static item => item is QuestionOutcome { Error: null })
            ? (aaaa.FreshUntil < a.FreshUntil ? aaaa : a).WithType(key.Type, now)
            : null;

    // At the end of an alias it is another name that does not exist.
    private static bool SaysNoName(QuestionOutcome outcome) => outcome.AliasEnd is null;
}

using System.Net.Sockets;
using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>Remembers failures of questions in the cache, so that a broken name does not cost its servers a storm (RFC 9520).</summary>
internal static class FailureMemory
{
    /// <summary>Returns the kind of a question's failure, or <see langword="null"/> where it is not to be remembered.</summary>
    public static FailureKind? Classify(QuestionOutcome outcome) => outcome switch
    {
        { IsAnswer: true } => null,
        { Error: DnsError.Timeout } => outcome.WaitedForSlot ? null : FailureKind.NoAnswer, // a short wait for others says nothing about the servers
        { Error: DnsError.NetworkError } => outcome.Attempts.All(IsRemote) ? FailureKind.NoAnswer : null,
        _ => FailureKind.ServerError,
    };

    /// <summary>Returns the remembered failure that counts now.</summary>
    public static FailureItem? Find(QueryEngine engine, QuestionKey key) =>
        engine.Cache.FindFresh(key.Name, CacheSlot.Failure((int)key.Type), out _) is FailureItem failure
        && failure.Holds(engine.Context.Replies.Count)
            ? failure
            : null;

    /// <summary>Remembers a failure, twice as long as the one before; returns for how long.</summary>
    public static TimeSpan Remember(QueryEngine engine, QuestionOutcome outcome, FailureKind kind, int epoch)
    {
        DnsCacheOptions options = engine.Context.Settings.Cache;
        int slot = CacheSlot.Failure((int)outcome.Type);
        long now = engine.Cache.Clock.Now;
        FailureItem? previous = engine.Cache.Find(outcome.Name, slot) is FailureItem known && known.KeptUntil > now ? known : null;
        if (kind == FailureKind.OneFamily && previous is { Kind: FailureKind.OneFamily } && previous.FreshUntil > now)
        {
            return TimeSpan.FromTicks(previous.FreshUntil - now); // nobody asked again: it is the same failure
        }

        TimeSpan life = FailureLifetime.GetNext(kind, previous?.GetLife(kind) ?? TimeSpan.Zero, options);
        if (kind == FailureKind.NoAnswer && previous is { Kind: FailureKind.OneFamily } && previous.FreshUntil > now + life.Ticks)
        {
            return life; // the question went on after the lookup had noted it: it is the same failure
        }

        FailureItem item = new(outcome.AsRemembered(now), kind, life, previous, engine.Context.Replies.Count);
        engine.Cache.Store(outcome.Name, slot, item, new CacheLife(life, FailureLifetime.GetMemory(item.HasFamilyLife, options)), epoch);
        return life;
    }

    // A refusal comes from the server's host; anything else is this host's trouble, which may be over the next moment.
    private static bool IsRemote(DnsAttempt attempt) => attempt.SocketError is null or SocketError.ConnectionRefused or SocketError.ConnectionReset;
}

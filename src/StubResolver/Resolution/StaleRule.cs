namespace StubResolver.Resolution;

/// <summary>When an answer past its life is served (RFC 8767 §4 and §5).</summary>
internal static class StaleRule
{
    /// <summary>How long a caller waits for a renewal before the old answer has to do: the client response timer.</summary>
    public static readonly TimeSpan ResponseTime = TimeSpan.FromSeconds(1.8);

    /// <summary>How long nobody asks again after a renewal failed: the failure recheck timer.</summary>
    public static readonly TimeSpan RecheckTime = TimeSpan.FromSeconds(30);

    /// <summary>The life a stale answer is handed out with.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    /// <summary>Whether an outcome replaces the stale answer: anything DNS said does, a failure to ask does not.</summary>
    /// <remarks>Addresses that are all from before are such a failure; where one family was answered, the other one's come from there.</remarks>
    public static bool Replaces(LookupOutcome renewed) =>
        renewed is { IsAnswer: true, IsLame: false } and not AddressOutcome { Answer: { IsStale: true, PartialFailure: null } };

    /// <summary>Returns how much longer a caller waits for a renewal.</summary>
    public static TimeSpan GetWait(TimeSpan sinceStart) => sinceStart >= ResponseTime ? TimeSpan.Zero : ResponseTime - sinceStart;
}

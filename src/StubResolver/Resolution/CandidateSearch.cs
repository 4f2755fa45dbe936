using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>Walks the search candidates of one lookup inside its budget.</summary>
/// <typeparam name="TOutcome">The kind of outcome of one candidate.</typeparam>
internal sealed class CandidateSearch<TOutcome>(TimeProvider time, CacheClock clock, DnsCacheOptions cache, long deadline)
    where TOutcome : LookupOutcome
{
    private TOutcome? _lastWord;
    private TimeSpan _life = TimeSpan.MaxValue;
    private List<DnsAttempt>? _attempts;
    private bool _passedFailure;
    private bool _hadOnlyNameNotFound = true;

    /// <param name="candidates">The candidates in order; at least one.</param>
    /// <param name="dots">The dots in the name as typed.</param>
    /// <param name="lookUp">Looks up one candidate until a deadline (a timestamp).</param>
    public async ValueTask<SearchResult<TOutcome>> RunAsync(
        IReadOnlyList<SearchCandidate> candidates, int dots, Func<string, long, ValueTask<TOutcome>> lookUp)
    {
        int index = 0;
        while (index < candidates.Count)
        {
            SearchCandidate candidate = candidates[index];
            TOutcome outcome = await lookUp(candidate.Name, GetDeadline(isLast: index == candidates.Count - 1)).ConfigureAwait(false);
            _life = Min(_life, OutcomeLife.OfPart(outcome, clock.Now, cache));
            switch (SearchDecision.GetNext(outcome.Error, candidate.IsSuffixed))
            {
                case SearchStep.Answer:
                    return CreateResult(outcome, null, _passedFailure ? Min(_life, cache.FailureTtl) : _life);
                case SearchStep.NextCandidate:
                    Note(outcome, candidate, dots);
                    index++;
                    break;
                default:
                    Note(outcome, candidate, dots);
                    index = FindAsTyped(candidates, index + 1);
                    break;
            }
        }

        return CreateResult(_lastWord!, _lastWord!.Error, _lastWord.IsAnswer && !_passedFailure ? _life : TimeSpan.Zero);
    }

    // The last candidate may use all that is left, an earlier one half of it.
    private long GetDeadline(bool isLast)
    {
        long now = time.GetTimestamp();
        return isLast || now >= deadline ? deadline : now + ((deadline - now) / 2);
    }

    private void Note(TOutcome outcome, in SearchCandidate candidate, int dots)
    {
        DnsError error = outcome.Error!.Value;
        if (outcome.Attempts.Count > 0)
        {
            (_attempts ??= []).AddRange(outcome.Attempts);
        }

        bool isUnknown = !candidate.IsSuffixed && _lastWord is not null && SearchDecision.IsUnknownSingleLabel(error, dots, _hadOnlyNameNotFound);
        if (isUnknown)
        {
            return; // the NXDOMAINs before it are the last word
        }

        _passedFailure |= !outcome.IsAnswer;
        _hadOnlyNameNotFound &= error == DnsError.NameNotFound;
        if (_lastWord is null || SearchDecision.Outranks(error, _lastWord.Error!.Value))
        {
            _lastWord = outcome;
        }
    }

    private SearchResult<TOutcome> CreateResult(TOutcome decisive, DnsError? error, TimeSpan life) => new()
    {
        Decisive = decisive,
        Error = error,
        Life = life,
        Attempts = _attempts ?? (IReadOnlyList<DnsAttempt>)[],
    };

    private static int FindAsTyped(IReadOnlyList<SearchCandidate> candidates, int from)
    {
        while (from < candidates.Count && candidates[from].IsSuffixed)
        {
            from++;
        }

        return from;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

using System.Runtime.CompilerServices;
using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>Walks the search candidates of one lookup inside its budget.</summary>
/// <typeparam name="TOutcome">The kind of outcome of one candidate.</typeparam>
internal sealed class CandidateSearch<TOutcome>(QuestionContext context, CacheClock clock, long deadline)
    where TOutcome : LookupOutcome
{
    private TOutcome? _lastWord;
    private int _lastRank;
    private bool _isTypedFirst;
    private TimeSpan _life = TimeSpan.MaxValue;
    private List<DnsAttempt>? _attempts;
    private bool _passedUncacheable;
    private bool _passedFailure;
    private bool _hadOnlyNameNotFound = true;

    /// <param name="candidates">The candidates in order; at least one.</param>
    /// <param name="dots">The dots in the name as typed.</param>
    /// <param name="lookup">Looks up each of them.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] // gain: benchmark load
    public async ValueTask RunAsync(SearchCandidate[] candidates, int dots, ICandidateLookup<TOutcome> lookup)
    {
        int index = 0;
        _isTypedFirst = !candidates[0].IsSuffixed;
        while (index < candidates.Length)
        {
            SearchCandidate candidate = candidates[index];
            TOutcome outcome = await lookup.RunAsync(candidate.Name, GetDeadline(isLast: index == candidates.Length - 1)).ConfigureAwait(false);
            DnsCacheOptions cache = context.Settings.Cache;
            _life = Min(_life, outcome.IsAnswer ? OutcomeLife.OfPart(outcome, clock.Now, cache) : cache.FailureTtl);
            switch (SearchDecision.GetNext(outcome.Error, candidate.IsSuffixed, dots))
            {
                case SearchStep.Answer:
                    _lastWord = outcome;
                    return;
                case SearchStep.NextCandidate:
                    Note(outcome, lookup.Attempts, candidate, dots);
                    index++;
                    break;
                default:
                    Note(outcome, lookup.Attempts, candidate, dots);
                    index = FindAsTyped(candidates, index + 1);
                    break;
            }
        }
    }

    /// <summary>Returns how the walk ended; the transmissions only where it found nothing.</summary>
    public SearchResult<TOutcome> GetResult()
    {
        TOutcome decisive = _lastWord!;
        bool isFound = decisive.Error is null;
        return new SearchResult<TOutcome>(
            decisive,
            life: decisive.IsAnswer && (isFound || !_passedUncacheable) ? _life : TimeSpan.Zero,
            _passedFailure,
            attempts: isFound || _attempts is null ? Array.Empty<DnsAttempt>() : _attempts);
    }

    // The last candidate may use all that is left, an earlier one half of it.
    private long GetDeadline(bool isLast)
    {
        if (isLast)
        {
            return deadline;
        }

        long now = context.Time.GetTimestamp();
        return now >= deadline ? deadline : now + ((deadline - now) / 2);
    }

    private void Note(TOutcome outcome, IReadOnlyList<DnsAttempt> attempts, in SearchCandidate candidate, int dots)
    {
        DnsError error = outcome.Error!.Value;
        _passedFailure |= !outcome.IsAnswer || outcome.IsLame;
        (_attempts ??= []).AddRange(attempts);
        bool isUnknown = !candidate.IsSuffixed && _lastWord is not null && SearchDecision.IsUnknownSingleLabel(error, dots, _hadOnlyNameNotFound);
        if (isUnknown)
        {
            return; // the NXDOMAINs before it are the last word
        }

        _passedUncacheable |= outcome.IsAnswer && outcome.Life <= TimeSpan.Zero; // a negative without an SOA record (RFC 2308 §5)
        _hadOnlyNameNotFound &= error == DnsError.NameNotFound;
        int rank = SearchDecision.GetRank(error, candidate.IsSuffixed, _isTypedFirst);
        if (_lastWord is null || rank < _lastRank)
        {
            (_lastWord, _lastRank) = (outcome, rank);
        }
    }

    private static int FindAsTyped(SearchCandidate[] candidates, int from)
    {
        while (from < candidates.Length && candidates[from].IsSuffixed)
        {
            from++;
        }

        return from;
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

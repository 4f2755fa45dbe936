namespace StubResolver.Resolution;

/// <summary>
/// The last outcomes of questions, for lookups that were under way when these were asked: callers that came at once ask once, also for what no
/// cache may keep. Not thread-safe.
/// </summary>
internal sealed class RecentOutcomes
{
    private const int Sets = 4;
    private const int Ways = 4; // a search list's questions must not push each other out

    private readonly (QuestionOutcome? Outcome, long Number)[] _places = new (QuestionOutcome?, long)[Sets * Ways];

    /// <summary>Returns the outcome of a question that was asked after a mark.</summary>
    /// <param name="key">The question.</param>
    /// <param name="mark">The number of the last question when the lookup began.</param>
    public QuestionOutcome? Find(QuestionKey key, long mark)
    {
        foreach ((QuestionOutcome? outcome, long number) in GetPlaces(key))
        {
            if (number > mark && Answers(outcome, key))
            {
                return outcome;
            }
        }

        return null;
    }

    /// <summary>Notes an outcome, in place of the oldest of those that share its places.</summary>
    /// <param name="key">The question.</param>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="number">The number the question had.</param>
    public void Add(QuestionKey key, QuestionOutcome outcome, long number)
    {
        Span<(QuestionOutcome? Outcome, long Number)> places = GetPlaces(key);
        int oldest = 0;
        for (int i = 0; i < places.Length; i++)
        {
            if (Answers(places[i].Outcome, key))
            {
                oldest = i;
                break;
            }

            oldest = places[i].Number < places[oldest].Number ? i : oldest;
        }

        places[oldest] = (outcome, number);
    }

    public void Clear() => Array.Clear(_places);

    private static bool Answers(QuestionOutcome? outcome, QuestionKey key) =>
        outcome is not null && outcome.Type == key.Type && string.Equals(outcome.Name, key.Name, StringComparison.OrdinalIgnoreCase);

    private Span<(QuestionOutcome? Outcome, long Number)> GetPlaces(QuestionKey key) => _places.AsSpan((int)((uint)key.GetHashCode() % Sets) * Ways, Ways);
}

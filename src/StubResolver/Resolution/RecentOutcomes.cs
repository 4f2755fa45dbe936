namespace StubResolver.Resolution;

/// <summary>
/// The last outcomes of questions, for lookups that were under way when these were asked: callers that came at once ask once, also for what no
/// cache may keep. Not thread-safe.
/// </summary>
internal sealed class RecentOutcomes
{
    private const int Places = 64;

    private readonly (QuestionOutcome? Outcome, long Number)[] _places = new (QuestionOutcome?, long)[Places];

    /// <summary>Returns the outcome of a question that was asked after a mark.</summary>
    /// <param name="key">The question.</param>
    /// <param name="mark">The number of the last question when the lookup began.</param>
    public QuestionOutcome? Find(QuestionKey key, long mark)
    {
        (QuestionOutcome? outcome, long number) = _places[GetPlace(key)];
        return number > mark && outcome is not null && key.Equals(new QuestionKey(outcome.Name, outcome.Type)) ? outcome : null;
    }

    /// <summary>Notes an outcome, in place of another one.</summary>
    /// <param name="key">The question.</param>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="number">The number the question had.</param>
    public void Add(QuestionKey key, QuestionOutcome outcome, long number) => _places[GetPlace(key)] = (outcome, number);

    public void Clear() => Array.Clear(_places);

    private static int GetPlace(QuestionKey key) => (int)((uint)key.GetHashCode() % Places);
}

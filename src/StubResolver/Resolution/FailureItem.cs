using StubResolver.Caching;

namespace StubResolver.Resolution;

/// <summary>A remembered failure of a question.</summary>
internal sealed class FailureItem : CacheItem
{
    private readonly TimeSpan _serverLife;
    private readonly TimeSpan _familyLife;
    private readonly int _replyCount;

    /// <param name="outcome">The failed outcome.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="life">How long it is remembered.</param>
    /// <param name="previous">The failure before it, whose back-off goes on; <see langword="null"/> where it is the first.</param>
    /// <param name="replyCount">The replies of all servers so far.</param>
    public FailureItem(QuestionOutcome outcome, FailureKind kind, TimeSpan life, FailureItem? previous, int replyCount)
    {
        Outcome = outcome;
        Kind = kind;
        _serverLife = kind == FailureKind.ServerError ? life : previous?._serverLife ?? TimeSpan.Zero;
        _familyLife = kind == FailureKind.OneFamily ? life : previous?._familyLife ?? TimeSpan.Zero;
        _replyCount = replyCount;
    }

    public QuestionOutcome Outcome { get; }

    public FailureKind Kind { get; }

    /// <summary>Whether the other address family was answered, now or the time before.</summary>
    public bool HasFamilyLife => _familyLife > TimeSpan.Zero;

    /// <summary>How long the last failure of a kind was remembered; zero where there was none.</summary>
    public TimeSpan GetLife(FailureKind kind) => kind switch
    {
        FailureKind.ServerError => _serverLife,
        FailureKind.OneFamily => _familyLife,
        _ => TimeSpan.Zero,
    };

    /// <summary>Whether it still holds: that no server answered is over with any reply of any server.</summary>
    public bool Holds(int currentReplyCount) => Kind != FailureKind.NoAnswer || _replyCount == currentReplyCount;
}

using System.Diagnostics.CodeAnalysis;
using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <summary>What one server said over UDP to one question and does not count before TCP was asked.</summary>
internal record struct DoubtfulReplies
{
    private Response? _broken; // the server's own, so it outweighs what may be forged
    private int _brokenTag;
    private Response? _forgeable;
    private int _forgeableTag;
    private bool _isContradicted;
    private bool _refusesForgeable;

    /// <summary>Why replies do not count.</summary>
    public Doubts Reasons;

    /// <summary>Puts a reply aside.</summary>
    /// <param name="tag">Its transmission.</param>
    /// <param name="reply">The reply; <see langword="null"/> where it cannot be read.</param>
    /// <param name="reason">Why it does not count.</param>
    public void Add(int tag, Response? reply, Doubts reason)
    {
        Reasons |= reason;
        if (reason == Doubts.Remainder)
        {
            (_broken, _brokenTag) = (reply, tag);
        }
        else if (reply is not null && !_refusesForgeable)
        {
            _isContradicted |= _forgeable is not null && !SaySame(_forgeable, reply);
            (_forgeable, _forgeableTag) = _forgeable is null ? (reply, tag) : (_forgeable, _forgeableTag);
        }
    }

    /// <summary>Drops what may be forged, also what still comes: TCP gave a reply, or somebody guesses at our queries.</summary>
    public void DropForgeable() => (_forgeable, _refusesForgeable) = (null, true);

    /// <summary>Takes the reply that counts since TCP brings none; none of several that may be forged and differ does.</summary>
    public bool TryTake(out int tag, [NotNullWhen(true)] out Response? reply)
    {
        (tag, reply) = _broken is not null ? (_brokenTag, _broken) : (_forgeableTag, _isContradicted ? null : _forgeable);
        (_broken, _forgeable) = (null, null);
        return reply is not null;
    }

    private static bool SaySame(Response left, Response right) =>
        left.ResponseCode == right.ResponseCode && left.Answers.ToHashSet().SetEquals(right.Answers);
}

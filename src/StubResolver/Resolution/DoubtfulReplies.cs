using System.Diagnostics.CodeAnalysis;
using StubResolver.Wire;

namespace StubResolver.Resolution;

/// <summary>What one server said over UDP to one question and does not count before TCP was asked.</summary>
internal record struct DoubtfulReplies
{
    private const Doubts MayBeForged = Doubts.LetterCase | Doubts.Cookie;

    private Response? _reply;
    private int _tag;
    private bool _isContradicted;

    /// <summary>Why the replies do not count.</summary>
    public Doubts Reasons;

    /// <summary>Puts a reply aside.</summary>
    /// <param name="tag">Its transmission.</param>
    /// <param name="reply">The reply; <see langword="null"/> where it cannot be read.</param>
    /// <param name="reason">Why it does not count.</param>
    public void Add(int tag, Response? reply, Doubts reason)
    {
        Reasons |= reason;
        if (reply is null)
        {
            return;
        }

        _isContradicted |= _reply is not null && !SaySame(_reply, reply);
        if (_reply is null)
        {
            (_reply, _tag) = (reply, tag);
        }
    }

    /// <summary>Drops what may be forged: TCP gave a reply, which cannot be forged from aside.</summary>
    public void DropForgeable()
    {
        if ((Reasons & MayBeForged) != 0)
        {
            _reply = null;
        }
    }

    /// <summary>Takes the reply that counts since TCP brings none; none of several that differ does.</summary>
    public bool TryTake(out int tag, [NotNullWhen(true)] out Response? reply)
    {
        (tag, reply) = (_tag, _isContradicted ? null : _reply);
        _reply = null;
        return reply is not null;
    }

    private static bool SaySame(Response left, Response right) =>
        left.ResponseCode == right.ResponseCode && left.Answers.ToHashSet().SetEquals(right.Answers);
}

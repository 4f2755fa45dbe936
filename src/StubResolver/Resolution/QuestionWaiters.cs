using StubResolver.Transport;

namespace StubResolver.Resolution;

/// <summary>Those who wait for one question, and what they want of it together. Not thread-safe.</summary>
/// <remarks>Nearly every question has one: the others have a dictionary, made when there are any.</remarks>
internal sealed class QuestionWaiters(QuestionControl control)
{
    private WakeSignal? _one;
    private WaiterWish _oneWish;
    private Dictionary<WakeSignal, WaiterWish>? _others;
    private int _patient;
    private int _background;

    public int Count => (_one is null ? 0 : 1) + (_others?.Count ?? 0);

    /// <summary>The one who waits; <see langword="null"/> where nobody does, or several do.</summary>
    public WakeSignal? Only => _others is null or { Count: 0 } ? _one : null;

    public void Add(WakeSignal waiter, WaiterWish wish)
    {
        if (_one is null)
        {
            (_one, _oneWish) = (waiter, wish);
        }
        else
        {
            (_others ??= []).Add(waiter, wish);
        }

        CountIn(wish, 1);
    }

    /// <summary>Takes one out; false where he does not wait.</summary>
    public bool Remove(WakeSignal waiter, out WaiterWish wish)
    {
        if (waiter == _one)
        {
            (_one, wish) = (null, _oneWish);
        }
        else if (_others is null || !_others.Remove(waiter, out wish))
        {
            wish = default;
            return false;
        }

        CountIn(wish, -1);
        return true;
    }

    public WakeSignal[] ToArray() => _one is null
        ? _others is null ? [] : [.. _others.Keys]
        : _others is null ? [_one] : [_one, .. _others.Keys];

    private void CountIn(WaiterWish wish, int change)
    {
        _patient += wish.Rounds == QuestionRun.AllRounds ? change : 0;
        _background += wish.IsBackground ? change : 0;
        control.Rounds = _patient > 0 ? QuestionRun.AllRounds : QuestionRun.BriefRounds;
        control.IsBackground = _background > 0 && _background == Count;
    }
}
